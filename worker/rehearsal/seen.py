"""What staff see of a message that was played, as plain JSON values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.care.screen import Kind
from bot.flows.conversation import Topic, load_conversation
from bot.flows.matching import find_rule
from bot.flows.naming import Naming
from bot.wire.segments import count_segments
from bot.wire.snapshots import find_open_step, read_slots
from bot.wire.turns import Reply, TurnAnswer, TurnRequest, Why
from channels import telegram, twilio, web
from worker.rehearsal.play import Heard, Talk

#: How each channel shows a reply's text.
_RENDER: dict[str, Callable[[Reply], object]] = {
    "sms": twilio.render,
    "whatsapp": twilio.render_whatsapp,
    "telegram": lambda reply: telegram.render(reply)["text"],
    "web": lambda reply: web.render(reply)["text"],
}
_FORM = "_form"


@dataclass(frozen=True)
class Reading:
    """The content that was played: its rules, and the names of what it says."""

    topics: Sequence[Topic]
    naming: Naming


def load_reading(root: Path) -> Reading:
    """The content under ``root``. Raises ``BadContent``."""
    return Reading(tuple(load_conversation(root / "data").values()), Naming(root))


def find_texts(heard: Heard) -> list[str]:
    """The replies' texts, with their options, before a channel changes them."""
    return [reply.numbered() for reply in heard.replies]


def name_replies(reading: Reading, talk: Talk, heard: Heard, wanted: Sequence[str]) -> list[str]:
    """The names of all replies; of several that fit the one that is ``wanted``."""
    return reading.naming.name_all(find_texts(heard), wanted, talk.language, talk.channel)


def render_heard(
    reading: Reading, talk: Talk, heard: Heard, names: Sequence[str]
) -> dict[str, Any]:
    """One message with everything that came of it. ``names`` are those of its replies."""
    before, after = read_slots(heard.before), read_slots(heard.after)
    changed = sorted(key for key in {*before, *after} if before.get(key) != after.get(key))
    finding = heard.finding
    return {
        "says": heard.says,
        "finding": finding and {"kind": finding.kind.value, "language": finding.language},
        "payload": next((step.payload for step, _ in heard.steps if step.payload), None),
        "understood": _render_meanings(heard),
        "slots": {key: after.get(key) for key in changed},
        "answered_by": _render_answerer(reading, heard),
        "actions": [
            {"name": name, "policy": policy}
            for _, answer in heard.steps
            for name, policy in _why(answer).actions
        ],
        "commands": [
            {"name": one.name, "fields": dict(one.fields)}
            for _, answer in heard.steps
            for one in answer.commands
        ],
        "replies": [
            _render_reply(talk.channel, reply, name)
            for reply, name in zip(heard.replies, names, strict=True)
        ],
        "next": find_open_step(heard.after) if heard.after else "",
        "hears": list(names),
    }


def _render_meanings(heard: Heard) -> list[dict[str, Any]]:
    """What was chosen or is ours needs no understanding."""
    typed = (answer for step, answer in heard.steps if step.payload is None)
    meanings = next((_why(answer).meanings for answer in typed), ())
    return [{"intent": name, "confidence": share} for name, share in meanings]


def _render_reply(channel: str, reply: Reply, name: str) -> dict[str, Any]:
    text = str(_RENDER[channel](reply))
    return {
        "name": "" if name == reply.numbered() else name,
        "text": text,
        "options": [option.title for option in reply.options],
        "segments": count_segments(text).count if channel == "sms" else None,
    }


def _render_answerer(reading: Reading, heard: Heard) -> dict[str, str]:
    """Who answered, in the order in which they are asked: safety, the engine, the house."""
    finding = heard.finding
    if finding and not (heard.steps and finding.kind is Kind.START):
        return {"kind": "safety", "name": finding.kind.value}
    if heard.steps:
        return _render_engine(reading, heard.steps)
    return {"kind": "house" if heard.replies else "nobody", "name": ""}


def _render_engine(
    reading: Reading, steps: Sequence[tuple[TurnRequest, TurnAnswer]]
) -> dict[str, str]:
    """The step that spoke counts; the house may have asked for several."""
    request, answer = next((one for one in reversed(steps) if one[1].replies), steps[-1])
    actions = [name for name, policy in _why(answer).actions if policy]
    rule = find_rule(reading.topics, _meaning(request, _why(answer)), actions)
    if rule is not None:
        return {"kind": "rule", "name": rule.name, "topic": rule.topic}
    form = next((name for name in actions if name.endswith(_FORM)), "")
    return {"kind": "form" if form else "actions", "name": form}


def _meaning(request: TurnRequest, why: Why) -> str:
    if request.payload is not None:
        return request.payload.removeprefix("/").split("{")[0]
    return why.meanings[0][0] if why.meanings else ""


def _why(answer: TurnAnswer) -> Why:
    return answer.why or Why()
