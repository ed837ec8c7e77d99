"""A turn of the conversation proper: the engine speaks, and the house acts on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog

from bot.care.contact import is_silence_long
from bot.care.language import decide_language, is_other_script
from bot.care.pace import Pace, decide_pace
from bot.store import conversations, inbox
from bot.store.step_counts import MISUNDERSTOOD, count_step
from bot.store.tables import ConversationRow
from bot.wire.choices import decide_choice
from bot.wire.snapshots import find_open_step, find_slot_value
from bot.wire.turns import Option, Reply, TurnAnswer, TurnRequest
from worker.commands import COMMANDS
from worker.errors import SnapshotTooOld
from worker.moment import Moment
from worker.notices import find_notices
from worker.told import Told

log = structlog.get_logger()

#: Characters. Nobody is expected to read, and no model to understand, more in one text.
LONGEST = 1600
PACE_WINDOW = timedelta(minutes=1)
#: Whatever is written first, a conversation begins by asking whether it is safe to talk.
BEGIN = "/begin"
#: After a long silence it asks that again.
RETURNED = "/returned"
#: What is written in letters that the engine never saw asks for another language.
OTHER_LANGUAGE = "/change_language"
#: Steps of one turn: what was said, aside of a journey, and what the house answers to it.
MOST_STEPS = 4


@dataclass(frozen=True)
class Step:
    """One call of the engine: something typed, or a message of ours, and what the house tells."""

    payload: str | None = None
    untrusted_text: str | None = None
    told: Mapping[str, Any] = field(default_factory=dict)


async def answer_plainly(moment: Moment) -> bool:
    """Calm answers that need no understanding: too fast, too long, or no words at all."""
    if await _slow_down(moment):
        return True
    name = _plain_answer(moment.untrusted_text)
    if name:
        await moment.say(name)
        await moment.started(moment.language)
    return name is not None


def must_ask_first(moment: Moment, conversation: ConversationRow) -> bool:
    """Whether it must be asked, before anything else, if it is safe to talk."""
    return conversation.snapshot is None or is_silence_long(conversation.heard_at, moment.now)


async def talk(moment: Moment, payload: str | None = None) -> None:
    """Take one turn through the engine. Raises ``worker.errors.EngineAway``.

    ``payload`` is what the message is already known to mean. What the conversation asks of the
    house is answered in further steps of the same turn.
    """
    conversation = await moment.started(_language(moment))
    said = step = await _first_step(moment, conversation, payload)
    for _ in range(MOST_STEPS):
        told = await _take_step(moment, conversation, step)
        if told is None:
            break
        step = said if told.again else Step(payload=told.payload, told=told.about)
    if not moment.replied:
        await _start_over(moment, conversation)
    conversation.holding_since, conversation.heard_at = None, moment.now
    await moment.started(conversation.language)


async def _start_over(moment: Moment, conversation: ConversationRow) -> None:
    """The engine had nothing to say, which is a fault of ours: nobody is left without an answer,
    and the talk begins anew instead of staying where it is stuck.
    """
    log.error("turn.silent")
    conversation.snapshot = conversation.offered = None
    await moment.say("unreadable")


async def _take_step(moment: Moment, conversation: ConversationRow, step: Step) -> Told | None:
    """One call of the engine, and what the house answers to it."""
    before = conversations.open_snapshot(moment.key, conversation)
    answer = await _take(moment, conversation, before, step)
    if before is not None and conversation.snapshot is not None:  # begun anew, it is of no use
        if moment.asked is None:
            moment.asked = find_open_step(before)
        await _count_miss(moment, before, answer.snapshot)
    await moment.reply(*answer.replies)
    conversations.keep_snapshot(moment.key, conversation, answer.snapshot)
    if answer.replies:
        conversations.keep_offered(moment.key, conversation, _last_options(answer.replies))
    told = None
    for command in answer.commands:
        told = await COMMANDS[command.name](moment, command.fields) or told
    return told


async def _count_miss(moment: Moment, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Where somebody was not understood, counted without them."""
    if _misses(after) > _misses(before):
        await count_step(moment.session, find_open_step(before), MISUNDERSTOOD, moment.now)


def _misses(snapshot: Mapping[str, Any]) -> int:
    return int(find_slot_value(snapshot, "misses") or 0)


async def hold(moment: Moment) -> None:
    """The engine is away: keep the message, and say so calmly, once."""
    conversation = await moment.started(_language(moment))
    if conversation.holding_since is None:
        conversation.holding_since = moment.now
        await moment.say("holding")
    inbox.hold(moment.message)


def _language(moment: Moment) -> str:
    site = moment.house.site
    current = moment.conversation.language if moment.conversation else None
    return decide_language(moment.untrusted_text, current, site.languages, site.default_language)


async def _take(
    moment: Moment, conversation: ConversationRow, snapshot: Mapping[str, Any] | None, step: Step
) -> TurnAnswer:
    """A snapshot of another version cannot be carried on: begin anew, without an error."""
    engine = moment.house.engine
    try:
        return await engine.take(_request(moment, conversation, snapshot, step))
    except SnapshotTooOld:
        conversation.snapshot = conversation.offered = None
        return await engine.take(_request(moment, conversation, None, Step(payload=BEGIN)))


async def _first_step(moment: Moment, conversation: ConversationRow, payload: str | None) -> Step:
    """What the person said; but first of all, and after a long silence, whether it is safe."""
    if must_ask_first(moment, conversation):
        return Step(payload=BEGIN if conversation.snapshot is None else RETURNED)
    offered = conversations.open_offered(moment.key, conversation)
    payload = payload or decide_choice(moment.untrusted_text, offered)
    if payload is None and is_other_script(moment.untrusted_text):
        payload = OTHER_LANGUAGE
    said = None if payload else moment.untrusted_text
    return Step(payload, said, await find_notices(moment))


def _request(
    moment: Moment, conversation: ConversationRow, snapshot: Mapping[str, Any] | None, step: Step
) -> TurnRequest:
    return TurnRequest(
        conversation=str(moment.person.id),
        turn=str(moment.message.id),
        language=conversation.language,
        facts=moment.house.site.facts,
        snapshot=snapshot,
        untrusted_text=step.untrusted_text,
        payload=step.payload,
        thresholds=moment.house.site.thresholds.to_json(),
        channel=moment.person.channel,
        told=step.told,
    )


def _last_options(replies: Sequence[Reply]) -> Sequence[Option]:
    return next((reply.options for reply in reversed(replies) if reply.options), ())


def _plain_answer(untrusted_text: str) -> str | None:
    if not untrusted_text.strip():
        return "empty"
    return "too_long" if len(untrusted_text) > LONGEST else None


async def _slow_down(moment: Moment) -> bool:
    """A flood from one number is slowed kindly; others never notice."""
    since = moment.now - PACE_WINDOW
    recent = await inbox.find_recent_count(moment.session, moment.person.id, since)
    told_at = moment.conversation.slowed_at if moment.conversation else None
    pace = decide_pace(recent, told_at is not None and told_at > since)
    if pace is Pace.SLOW_DOWN_ONCE:
        conversation = await moment.started(moment.language)
        conversation.slowed_at = moment.now
        await moment.say("slow_down")
    return pace is not Pace.ANSWER
