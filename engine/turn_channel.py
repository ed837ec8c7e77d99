"""The only door of the engine: one call takes one turn.

``POST /webhooks/turn/take`` with a bearer token and a turn request answers with
replies, commands and the next snapshot. ``POST /webhooks/turn/load`` names another
model, which takes over between two turns. ``POST /webhooks/turn/understand`` ranks the
intents of a text that nobody said. ``GET /webhooks/turn/`` says that the
engine is up. Nothing in here logs or keeps what a person wrote.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.wire.meaning import Meaning, Thresholds, find_window_danger
from bot.wire.turns import Command, Option, Reply, TurnAnswer, TurnRequest
from bot.wire.windows import split_windows
from engine.actions import ActionFailed, ActionsAway, watch_actions
from engine.shortcuts import take_shortcuts
from engine.snapshot import SnapshotVersionError, decode
from engine.turn_store import CURRENT, OpenTurn, TurnStore

Handle = Callable[[UserMessage], Awaitable[Any]]


class TurnOutput(CollectingOutputChannel):  # type: ignore[misc]
    """Collects what is said; its name chooses among a response's ``channel`` variants."""

    def __init__(self, channel: str) -> None:
        super().__init__()
        self._channel = channel

    def name(self) -> str:
        """The person's channel."""
        return self._channel


class TurnChannel(InputChannel):
    """Rasa's view of a turn; its token comes from the credentials file."""

    def __init__(self, token: str) -> None:
        self._token = token

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is also its path."""
        return "turn"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Raises ``ValueError`` when the token is missing: an open engine never starts."""
        token = (credentials or {}).get("token", "")
        if not token or token.startswith("$"):
            raise ValueError("The engine has no token: set WAYMARK_ENGINE_TOKEN.")
        take_shortcuts()
        return cls(token)

    def blueprint(self, on_new_message: Handle) -> Blueprint:
        """The two routes of the engine."""
        routes = Blueprint("turn_channel")

        @routes.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.post("/take")
        async def take(request: Request) -> HTTPResponse:
            if not self._is_ours(request):
                return response.json({"error": "wrong token"}, status=403)
            watch_actions(request.app.ctx.agent)
            return await _answer(request, on_new_message)

        @routes.post("/load")
        async def load(request: Request) -> HTTPResponse:
            if not self._is_ours(request):
                return response.json({"error": "wrong token"}, status=403)
            return await _take_over(request)

        @routes.post("/understand")
        async def understand(request: Request) -> HTTPResponse:
            if not self._is_ours(request):
                return response.json({"error": "wrong token"}, status=403)
            text, agent = str((request.json or {}).get("text", "")), request.app.ctx.agent
            ranking, *pieces = [await _rank(one, agent) for one in (text, *split_windows(text))]
            return response.json({"ranking": _plain(ranking), "pieces": [*map(_plain, pieces)]})

        return routes

    def _is_ours(self, request: Request) -> bool:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())


async def _take_over(request: Request) -> HTTPResponse:
    """Load a model beside the one in use, and put it in its place. A turn that runs ends as it
    began; a model that does not load changes nothing.
    """
    now = request.app.ctx.agent
    load = partial(
        Agent.load,
        str((request.json or {}).get("model")),
        # Its own: an agent that is being made takes the domain away from a store that it is given.
        tracker_store=TurnStore(Domain.empty()),
        lock_store=now.lock_store,
        action_endpoint=now.action_endpoint,
    )
    try:
        request.app.ctx.agent = await asyncio.get_running_loop().run_in_executor(None, load)
    except Exception:
        return response.json({"error": "model not loaded"}, status=500)
    return response.json({"status": "ok"})


async def _answer(request: Request, handle: Handle) -> HTTPResponse:
    """An error's own text may hold a person's words, so it goes no further than here."""
    try:
        agent = request.app.ctx.agent
        answer = await _take(TurnRequest.from_json(request.json), agent, handle)
    except SnapshotVersionError:
        return response.json({"error": "snapshot version"}, status=409)
    except ActionsAway:
        return response.json({"error": "actions away"}, status=503)
    except Exception:
        return response.json({"error": "turn failed"}, status=500)
    return response.json(answer.to_json())


async def _take(turn: TurnRequest, agent: Agent, handle: Handle) -> TurnAnswer:
    opened = OpenTurn(decode(turn.snapshot), _given_slots(turn), explain=turn.explain)
    CURRENT.set(opened)
    output = TurnOutput(turn.channel)
    await handle(
        UserMessage(
            text=_engine_text(turn),
            output_channel=output,
            sender_id=turn.conversation,
            input_channel=TurnChannel.name(),
            metadata=await _metadata(turn, agent),
        )
    )
    if opened.actions_away:
        raise ActionsAway
    if opened.action_failed:
        raise ActionFailed
    replies, commands = _replies(output.messages), _commands(output.messages)
    return TurnAnswer(replies, commands, opened.snapshot, opened.why)


async def _metadata(turn: TurnRequest, agent: Agent) -> dict[str, Any]:
    """What travels with the message to the understanding and the actions."""
    pieces = split_windows("" if turn.payload else turn.untrusted_text or "")
    rankings = [await _rank(piece, agent) for piece in pieces]
    danger = find_window_danger(rankings, Thresholds.from_json(turn.thresholds))
    return {"turn": turn.turn, "thresholds": dict(turn.thresholds), "danger": danger}


async def _rank(untrusted_text: str, agent: Agent) -> list[Meaning]:
    """The likeliest intents, the first the likeliest; none for a text without words."""
    found = await agent.parse_message(untrusted_text.strip().lstrip("/") or "?")
    ranking = found.get("intent_ranking") or ()
    return [Meaning(one["name"], one["confidence"]) for one in ranking]


def _plain(ranking: Iterable[Meaning]) -> list[dict[str, Any]]:
    return [asdict(meaning) for meaning in ranking]


def _engine_text(turn: TurnRequest) -> str:
    """What Rasa reads. A slash would let a person name an intent, so it goes."""
    if turn.payload is not None:
        return turn.payload
    return (turn.untrusted_text or "").strip().lstrip("/").strip() or "?"


def _given_slots(turn: TurnRequest) -> list[SlotSet]:
    facts = [SlotSet(name, value) for name, value in turn.facts.items()]
    told = SlotSet("told", dict(turn.told) or None)
    return [SlotSet("language", turn.language), SlotSet("turn_id", turn.turn), told, *facts]


def _replies(messages: Iterable[Mapping[str, Any]]) -> list[Reply]:
    return [
        Reply(
            message["text"],
            tuple(Option(b["title"], b["payload"]) for b in message.get("buttons") or ()),
        )
        for message in messages
        if message.get("text")
    ]


def _commands(messages: Iterable[Mapping[str, Any]]) -> list[Command]:
    found = (message.get("custom", {}).get("command") for message in messages)
    return [Command(c["name"], c.get("fields", {})) for c in found if c]
