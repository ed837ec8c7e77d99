"""The second opinion: somebody else agrees to a block, or does not; and blocks are lifted here."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Ending
from bot.store.audit import save_audit
from bot.store.blocks import agree_block, find_blocks, lift_block, refuse_block
from bot.store.closed_handoffs import close_handoff
from bot.store.conversations import find_conversation
from bot.store.handoffs import find_handoff
from bot.store.people import claim_person, find_person
from bot.store.presence import is_there
from bot.store.returns import save_return
from bot.store.sealed import open_person
from bot.store.tables import PersonRow
from console.house import House
from console.members import Member, allowed

#: As ``bot.store.blocks`` makes them.
Ref = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


def routes(house: House) -> APIRouter:
    """``/blocks``."""
    router = APIRouter()
    member_here = Annotated[Member, Depends(allowed(house, "block_agree"))]

    @router.get("/blocks")
    async def page(member: member_here) -> Response:
        async with house.sessions() as session:
            blocks = await find_blocks(session, house.now())
        asked = [one for one in blocks if one.agreed_name is None]
        holding = [one for one in blocks if one.agreed_name is not None]
        return house.pages.show(member, "blocks.html", asked=asked, holding=holding)

    @router.post("/blocks/{ref}/agree")
    async def agree(member: member_here, ref: Ref) -> Response:
        async with house.sessions.begin() as session:
            pseudonym = await agree_block(session, ref, member.id, house.now())
            if pseudonym is None:
                raise HTTPException(404)
            person = await find_person(session, pseudonym)
            if person is not None:
                await _close_line(house, session, person)
            await _note(house, session, member, "block_agreed", ref)
        return _back()

    @router.post("/blocks/{ref}/refuse")
    async def refuse(member: member_here, ref: Ref) -> Response:
        async with house.sessions.begin() as session:
            if not await refuse_block(session, ref, member.id, house.now()):
                raise HTTPException(404)
            await _note(house, session, member, "block_refused", ref)
        return _back()

    @router.post("/blocks/{ref}/lift")
    async def lift(member: member_here, ref: Ref) -> Response:
        async with house.sessions.begin() as session:
            if not await lift_block(session, ref, house.now()):
                raise HTTPException(404)
            await _note(house, session, member, "block_lifted", ref)
        return _back()

    return router


async def _close_line(house: House, session: AsyncSession, person: PersonRow) -> None:
    """The talk goes back to the bot, and the person is told if they are there; where danger was
    seen it stays.
    """
    await claim_person(session, person.id)
    row = await find_handoff(session, person.id)
    if row is None or row.danger:
        return
    conversation = await find_conversation(session, person.id)
    language = conversation.language if conversation else row.language
    sentence, key = house.say("line_closed", language), open_person(house.vault, person)
    now = house.now()
    if await is_there(session, key, person.id, now.astimezone(house.site.timezone)):
        await save_return(session, key, person.id, sentence, now)
    else:
        await close_handoff(session, person.id, Ending.RETURNED, now)


async def _note(house: House, session: AsyncSession, member: Member, what: str, ref: str) -> None:
    """The log names the request by the beginning of its ref, which tells nothing of the person."""
    await save_audit(session, member.id, what, house.now(), about=ref[:12])


def _back() -> Response:
    return RedirectResponse("/blocks", status_code=303)
