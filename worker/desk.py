"""While a navigator holds the conversation, what a person writes goes to them, and the bot is
silent: DESIGN 5.7. What the safety rules promise goes on.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.covers import matches_code_word
from bot.care.held_words import find_take_back, parse_yes_no
from bot.care.kinds import DANGERS, Kind
from bot.care.screen import Finding
from bot.store import outbox
from bot.store.covers import find_cover
from bot.store.handoffs import find_handoff
from bot.store.jobs import save_delivery
from bot.store.referrals import answer_release
from bot.store.said import Speaker, find_said, forget_said, save_said
from bot.store.tables import HandoffRow
from bot.store.tables.said import HOUSE, PERSON
from bot.vault.vault import PersonKey
from bot.wire.turns import Reply
from worker.command_consents import take_sharing_back
from worker.moment import Moment

#: To the same danger the same line is sent once in so long, however much is written meanwhile.
LINE_AGAIN = timedelta(minutes=10)
#: The ways out of everything, of a talk with a person too.
_WAYS_OUT = {Kind.EXIT, Kind.OPT_OUT, Kind.FORGET}


async def is_held(moment: Moment) -> bool:
    """Whether a navigator holds the conversation. Nobody can claim it until the turn is over."""
    row = await find_handoff(moment.session, moment.person.id)
    return row is not None and row.claimed_by is not None


async def pass_to_navigator(moment: Moment, finding: Finding | None) -> bool:
    """Give the message to whoever holds the conversation; ``False`` when nobody does, and for the
    words by which a person leaves.
    """
    row = await find_handoff(moment.session, moment.person.id)
    if row is None or row.claimed_by is None or (finding and finding.kind in _WAYS_OUT):
        return False
    await _stay(moment, row)
    if await _opens_cover(moment):
        await moment.say("opened")
    elif language := find_take_back(moment.untrusted_text):
        await _take_back(moment, row, language)
    elif moment.untrusted_text.strip():
        await _keep(moment, row)
        await _answer(moment, finding)
    return True


async def say_beside(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, sentence: str, now: datetime
) -> None:
    """Send a fixed sentence that the navigator sees too, among what is said."""
    (outbox_id,) = await outbox.save_replies(session, key, person_id, [Reply(sentence)])
    await save_said(session, key, person_id, Speaker(HOUSE, outbox_id=outbox_id), sentence, now)


async def _stay(moment: Moment, row: HandoffRow) -> None:
    """The talk is kept for its time from now on, and what waited for a word of theirs leaves."""
    known = moment.conversation.language if moment.conversation else row.language
    conversation = await moment.started(known)
    conversation.heard_at, conversation.holding_since = moment.now, None
    if await outbox.next_open_reply(moment.session, moment.person.id):
        await save_delivery(moment.session, moment.person.id)


async def _opens_cover(moment: Moment) -> bool:
    """A code word is nobody's to read, not even the navigator's."""
    cover = await find_cover(moment.session, moment.key, moment.person.id)
    return cover is not None and matches_code_word(moment.untrusted_text, cover.code_word)


async def _take_back(moment: Moment, row: HandoffRow, language: str) -> None:
    """The talk goes on, with nothing on the navigator's screen but that it does."""
    row.last_words = None
    await take_sharing_back(moment)
    await forget_said(moment.session, moment.person.id)
    await _say(moment, "not_shared", language)


async def _keep(moment: Moment, row: HandoffRow) -> None:
    row.unanswered_since = row.unanswered_since or moment.now
    await save_said(
        moment.session, moment.key, moment.person.id, Speaker(PERSON), moment.untrusted_text,
        moment.now,
    )  # fmt: skip


async def _answer(moment: Moment, finding: Finding | None) -> None:
    """Danger is answered whoever else is there, and so is a yes or no that decides something."""
    if finding and finding.kind in DANGERS:
        await _answer_danger(moment, finding)
    elif (agreed := parse_yes_no(moment.untrusted_text)) is not None:
        asked = await answer_release(
            moment.session, moment.key, moment.person.id, agreed, moment.now
        )
        if asked is not None:
            await _say(moment, "passed_on" if agreed else "not_passed_on", moment.language)


async def _answer_danger(moment: Moment, finding: Finding) -> None:
    kind, language = finding.kind.value, finding.language or moment.language
    await moment.mark(kind, language)
    if not await _was_said(moment, kind):
        await _say(moment, kind, language)


async def _was_said(moment: Moment, name: str) -> bool:
    """Whether the sentence was sent a moment ago, in whichever language."""
    sentences = {moment.house.say(name, language) for language in moment.house.site.languages}
    since = moment.now - LINE_AGAIN
    lines = await find_said(moment.session, moment.key, moment.person.id)
    return any(
        one.who == HOUSE and one.said_at > since and one.untrusted_words in sentences
        for one in lines
    )


async def _say(moment: Moment, name: str, language: str) -> None:
    sentence = moment.house.say(name, language)
    await say_beside(moment.session, moment.key, moment.person.id, sentence, moment.now)
