"""Inside the engine: calls an action as often as it is told to, one call after another.

Reads the address, the model's name and the number of calls; writes each answer, and whether the
turn counts as failed.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from engine.actions import WatchedEndpoint, check_answer
from engine.turn_store import CURRENT, OpenTurn

DOMAIN = Domain.from_dict({"responses": {"utter_hello": [{"text": "Hello."}]}})


async def _run(given: dict[str, Any]) -> dict[str, Any]:
    RemoteAction._validate_action_result = check_answer
    endpoint = WatchedEndpoint(EndpointConfig(given["url"]), given["model"])
    opened = OpenTurn([], [])
    CURRENT.set(opened)
    answers = [await _call(endpoint) for _ in range(given["times"])]
    return {"answers": answers, "failed": opened.action_failed, "away": opened.actions_away}


async def _call(endpoint: WatchedEndpoint) -> list[str] | str:
    tracker = DialogueStateTracker.from_events("person", [], DOMAIN.slots)
    action = RemoteAction("action_of_ours", endpoint)
    try:
        return [event.type_name for event in await action.run(None, None, tracker, DOMAIN)]
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_run(json.load(sys.stdin)))))
