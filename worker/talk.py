"""A turn of the conversation proper: the engine speaks, and the house acts on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.care.consent import ConsentKind, decide_grant
from bot.care.language import decide_language
from bot.care.pace import Pace, decide_pace
from bot.store import conversations, inbox
from bot.store.consents import revoke_consent, save_consent
from bot.store.handoffs import save_handoff
from bot.store.tables import ConversationRow
from bot.wire.choices import decide_choice
from bot.wire.turns import Command, Option, Reply, TurnAnswer, TurnRequest
from worker.errors import SnapshotTooOld
from worker.moment import Moment

#: Characters. Nobody is expected to read, and no model to understand, more in one text.
LONGEST = 1600
PACE_WINDOW = timedelta(minutes=1)
#: Whatever is written first, a conversation begins by asking whether it is safe to talk.
BEGIN = "/begin"


async def answer_plainly(moment: Moment) -> bool:
    """Calm answers that need no understanding: too fast, too long, or no words at all."""
    if await _slow_down(moment):
        return True
    name = _plain_answer(moment.untrusted_text)
    if name:
        await moment.started(moment.language)
        await moment.say(name)
    return name is not None


async def talk(moment: Moment) -> None:
    """Take one turn through the engine. Raises ``worker.errors.EngineAway``."""
    language = _language(moment)
    conversation = await moment.started(language)
    answer = await _take(moment, conversation)
    await moment.reply(*answer.replies)
    conversations.keep_snapshot(moment.key, conversation, answer.snapshot)
    conversations.keep_offered(moment.key, conversation, _last_options(answer.replies))
    conversation.holding_since = None
    for command in answer.commands:
        await _act(moment, command)
    await moment.started(language)


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


async def _take(moment: Moment, conversation: ConversationRow) -> TurnAnswer:
    """A snapshot of another version cannot be carried on: begin anew, without an error."""
    try:
        return await moment.house.engine.take(_request(moment, conversation))
    except SnapshotTooOld:
        conversation.snapshot = conversation.offered = None
        return await moment.house.engine.take(_request(moment, conversation))


def _request(moment: Moment, conversation: ConversationRow) -> TurnRequest:
    snapshot = conversations.open_snapshot(moment.key, conversation)
    offered = conversations.open_offered(moment.key, conversation)
    payload = decide_choice(moment.untrusted_text, offered) if snapshot else BEGIN
    return TurnRequest(
        conversation=str(moment.person.id),
        turn=str(moment.message.id),
        language=conversation.language,
        facts=moment.house.site.facts,
        snapshot=snapshot,
        untrusted_text=None if payload else moment.untrusted_text,
        payload=payload,
        thresholds=moment.house.site.thresholds.to_json(),
        channel=moment.person.channel,
    )


def _last_options(replies: Sequence[Reply]) -> Sequence[Option]:
    return next((reply.options for reply in reversed(replies) if reply.options), ())


async def _act(moment: Moment, command: Command) -> None:
    """Do what the conversation asks of the house; an unknown name is a broken promise."""
    if command.name == "consent":
        await _consent(moment, ConsentKind(command.fields["kind"]), command.fields["granted"])
    elif command.name == "handoff":
        await save_handoff(moment.session, moment.person.id, command.fields["reason"])
    else:
        raise ValueError(command.name)


async def _consent(moment: Moment, kind: ConsentKind, granted: bool) -> None:
    if granted:
        await save_consent(moment.session, moment.person.id, decide_grant(kind, moment.now))
    else:
        await revoke_consent(moment.session, moment.person.id, kind, moment.now)


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
