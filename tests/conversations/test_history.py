"""The snapshot answers as the full history does, in every conversation of the scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from bot.flows.content import SHIPPED
from bot.flows.scripts import Script, load_scripts
from bot.settings import Settings
from bot.site import load_site
from bot.wire.choices import decide_choice
from bot.wire.turns import Reply, TurnAnswer, TurnRequest
from tests.house import RunningHouse

SCRIPTS = load_scripts(SHIPPED)


@pytest.fixture(scope="module")
def whole_history(
    stack: RunningHouse, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningHouse]:
    """A second engine, which keeps every event of a conversation."""
    database = stack.settings.database_url.reveal()
    full = {
        "WAYMARK_ENGINE_HISTORY": "full",
        "WAYMARK_ACTIONS_PORT": str(stack.settings.actions_port),
    }
    house = RunningHouse(tmp_path_factory.mktemp("whole"), database, full)
    try:
        house.start("engine")
        house.wait_for_engine()
        yield house
    finally:
        house.stop()


@pytest.mark.stack
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: f"{script.language}: {script.name}")
def test_snapshot_and_full_history_answer_the_same(
    script: Script, stack: RunningHouse, whole_history: RunningHouse
) -> None:
    short, whole = Talk(stack.settings, script), Talk(whole_history.settings, script)
    for turn in script.turns:
        assert short.say(turn.says) == whole.say(turn.says)
    assert len(short.events) < len(whole.events) or len(script.turns) <= 4


class Talk:
    """A conversation with one engine, as the worker leads it, without the safety rules."""

    def __init__(self, settings: Settings, script: Script) -> None:
        self._settings = settings
        self._language = script.language
        self._facts = load_site(settings.site_path).facts
        self._snapshot: Mapping[str, Any] | None = None
        self._last: Reply | None = None

    @property
    def events(self) -> list[Any]:
        """What the snapshot holds of the past."""
        return list((self._snapshot or {}).get("events", ()))

    def say(self, text: str) -> tuple[list[Reply], list[Any]]:
        """One turn: replies and commands."""
        offered = self._last.options if self._last else ()
        payload = decide_choice(text, offered) if self._snapshot else "/begin"
        answer = self._take(payload, None if payload else text)
        self._snapshot = answer.snapshot
        self._last = next((reply for reply in reversed(answer.replies) if reply.options), None)
        return list(answer.replies), list(answer.commands)

    def _take(self, payload: str | None, text: str | None) -> TurnAnswer:
        turn = TurnRequest("person", "turn", self._language, self._facts, self._snapshot)
        body = {**turn.to_json(), "payload": payload, "text": text}
        token = self._settings.engine_token.reveal()
        answer = httpx.post(
            f"http://127.0.0.1:{self._settings.engine_port}/webhooks/turn/take",
            json=body,
            headers={"Authorization": f"Bearer {token}"},
            trust_env=False,
            timeout=30,
        )
        assert answer.status_code == httpx.codes.OK
        return TurnAnswer.from_json(answer.json())
