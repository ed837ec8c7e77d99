"""The ways out of a conversation: back to the automated service, or a message that was answered."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice, Ending
from bot.store.audit import save_audit
from bot.store.closed_handoffs import close_handoff
from bot.store.presence import is_there
from bot.store.returns import save_return
from console.errors import NotAllowed
from console.house import House
from console.members import Member, allowed
from console.navigator.holding import Held
from console.navigator.sending import find_language, find_writable


def routes(house: House) -> APIRouter:
    """``/people/{person_id}/return`` and ``answered``."""
    router = APIRouter()
    talk = Annotated[Member, Depends(allowed(house, "talk"))]

    @router.post("/people/{person_id}/return")
    async def give(member: talk, person_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            held = await _find_real(house, session, member, person_id)
            await _end(house, session, member, held, Ending.RETURNED)
        return RedirectResponse("/rest/after", status_code=303)

    @router.post("/people/{person_id}/answered")
    async def answered(member: talk, person_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            held = await _find_real(house, session, member, person_id)
            if held.row.how != Choice.MESSAGE.value:
                raise NotAllowed
            await _end(house, session, member, held, Ending.ANSWERED)
        return RedirectResponse("/rest/after", status_code=303)

    return router


async def _find_real(
    house: House, session: AsyncSession, member: Member, person_id: uuid.UUID
) -> Held:
    """Practice ends on its own page."""
    held = await find_writable(house, session, member, person_id)
    if held.row.practice is not None:
        raise NotAllowed
    return held


async def _end(
    house: House, session: AsyncSession, member: Member, held: Held, ending: Ending
) -> None:
    """The person is told who answers from now on, unless that would come out of the blue: then
    they hear it when they write again, for the automated service says first what it is.
    """
    now, person_id = house.now(), held.person.id
    local_now = now.astimezone(house.site.timezone)
    if await is_there(session, held.key, person_id, local_now):
        sentence = house.say("returned", await find_language(session, held))
        await save_return(session, held.key, person_id, sentence, now, ending=ending)
    else:
        await close_handoff(session, person_id, ending, now)
    await save_audit(session, member.id, ending.value, now, person_id=person_id)
