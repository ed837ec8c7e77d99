"""What the house says to a person when a member of the team comes or has to go."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice
from bot.store.outbox import save_replies
from bot.store.presence import is_there
from bot.store.said import Said, Speaker, find_said, save_said
from bot.store.tables.said import HOUSE, STAFF
from bot.wire.turns import Reply
from console.house import House
from console.navigator.holding import Held
from console.navigator.sending import find_language


async def say_arrived(house: House, session: AsyncSession, held: Held) -> None:
    """Somebody is here now: said once to whoever wishes to talk."""
    if not await _knows_of_somebody(house, session, held):
        await _say(house, session, held, "arrived")


async def say_called_away(house: House, session: AsyncSession, held: Held) -> None:
    """Whoever holds the conversation goes: said to whoever knows that somebody was here."""
    if await _knows_of_somebody(house, session, held):
        await _say(house, session, held, "called_away")


async def _knows_of_somebody(house: House, session: AsyncSession, held: Held) -> bool:
    """Whether the person heard since the claim that somebody is here."""
    arrived = house.say("arrived", await find_language(session, held))

    def shows(line: Said) -> bool:
        return line.who == STAFF or (line.who == HOUSE and line.untrusted_words == arrived)

    since = held.row.claimed_at
    lines = await find_said(session, held.key, held.person.id)
    return any(shows(line) for line in lines if since and line.said_at >= since)


async def _say(house: House, session: AsyncSession, held: Held, name: str) -> None:
    """Nothing to whoever left a message, is not there, or is made up: it would do no good."""
    now, row = house.now(), held.row
    if row.practice is not None or row.how == Choice.MESSAGE.value:
        return
    local_now = now.astimezone(house.site.timezone)
    if await is_there(session, held.key, held.person.id, local_now):
        sentence = house.say(name, await find_language(session, held))
        (outbox_id,) = await save_replies(session, held.key, held.person.id, [Reply(sentence)])
        speaker = Speaker(HOUSE, outbox_id=outbox_id)
        await save_said(session, held.key, held.person.id, speaker, sentence, now)
