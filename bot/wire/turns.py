"""One turn of a conversation, as it travels between the worker and the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Option:
    """One thing a person may choose: what they read, and what the engine is told.

    ``payload`` is an intent with optional entities in the engine's notation,
    for example ``/choose_need{"need": "food"}``. It never comes from outside.
    """

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One message to a person. Each channel shows the options its own way."""

    text: str
    options: tuple[Option, ...] = ()

    def numbered(self) -> str:
        """The reply where a person answers by number: each option on a line of its own."""
        options = (f"{i} {option.title}" for i, option in enumerate(self.options, start=1))
        return "\n".join([self.text, *options])

    def to_json(self) -> dict[str, Any]:
        """The reply as plain JSON values."""
        return {
            "text": self.text,
            "options": [{"title": o.title, "payload": o.payload} for o in self.options],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Reply:
        """The reply that :meth:`to_json` wrote. Raises ``KeyError`` on anything else."""
        options = tuple(Option(o["title"], o["payload"]) for o in value["options"])
        return cls(value["text"], options)


@dataclass(frozen=True)
class Command:
    """Something the conversation asks the house to do, such as ``handoff`` or ``consent``."""

    name: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TurnRequest:
    """What the engine needs to take one turn.

    Exactly one of ``untrusted_text`` (typed by a person) and ``payload``
    (an option of ours that the person chose) is set. ``facts`` are the site's
    values for response templates; ``snapshot`` is ``None`` in a new conversation.
    ``thresholds`` are the site's, as ``bot.wire.meaning.Thresholds`` writes them. ``channel``
    chooses among the variants of a response; ``told`` is what the house answers to a command.
    With ``explain`` the answer says why it came; a talk with a person never asks for that.
    """

    conversation: str
    turn: str
    language: str
    facts: Mapping[str, str]
    snapshot: Mapping[str, Any] | None
    untrusted_text: str | None = None
    payload: str | None = None
    thresholds: Mapping[str, float] = field(default_factory=dict)
    channel: str = "sms"
    told: Mapping[str, Any] = field(default_factory=dict)
    explain: bool = False

    def to_json(self) -> dict[str, Any]:
        """The request as plain JSON values."""
        written = {
            "conversation": self.conversation,
            "turn": self.turn,
            "language": self.language,
            "facts": dict(self.facts),
            "snapshot": self.snapshot,
            "text": self.untrusted_text,
            "payload": self.payload,
            "thresholds": dict(self.thresholds),
            "channel": self.channel,
            "told": dict(self.told),
        }
        return {**written, "explain": True} if self.explain else written

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> TurnRequest:
        """The request that :meth:`to_json` wrote. Raises ``KeyError`` on anything else."""
        return cls(
            conversation=value["conversation"],
            turn=value["turn"],
            language=value["language"],
            facts=value["facts"],
            snapshot=value["snapshot"],
            untrusted_text=value["text"],
            payload=value["payload"],
            thresholds=value["thresholds"],
            channel=value["channel"],
            told=value["told"],
            explain=value.get("explain") is True,
        )


@dataclass(frozen=True)
class Why:
    """How a turn's answer came about: the likeliest ``meanings``, each with its confidence, and the
    ``actions`` in their order, each with the policy that chose it (empty inside a form).
    """

    meanings: Sequence[tuple[str, float]] = ()
    actions: Sequence[tuple[str, str]] = ()

    def to_json(self) -> dict[str, Any]:
        """The reasons as plain JSON values."""
        return {
            "meanings": [list(one) for one in self.meanings],
            "actions": [list(one) for one in self.actions],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Why:
        """The reasons that :meth:`to_json` wrote. Raises ``KeyError`` on anything else."""
        meanings = [(str(name), float(confidence)) for name, confidence in value["meanings"]]
        return cls(meanings, [(str(name), str(policy)) for name, policy in value["actions"]])


@dataclass(frozen=True)
class TurnAnswer:
    """What came of a turn: replies in order, commands in order, the next snapshot.

    ``why`` is there when the request asked for it.
    """

    replies: Sequence[Reply]
    commands: Sequence[Command]
    snapshot: Mapping[str, Any]
    why: Why | None = None

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values."""
        written = {
            "replies": [reply.to_json() for reply in self.replies],
            "commands": [{"name": c.name, "fields": dict(c.fields)} for c in self.commands],
            "snapshot": dict(self.snapshot),
        }
        return {**written, "why": self.why.to_json()} if self.why else written

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> TurnAnswer:
        """The answer that :meth:`to_json` wrote. Raises ``KeyError`` on anything else."""
        return cls(
            replies=[Reply.from_json(reply) for reply in value["replies"]],
            commands=[Command(c["name"], c["fields"]) for c in value["commands"]],
            snapshot=value["snapshot"],
            why=Why.from_json(value["why"]) if value.get("why") else None,
        )
