"""Taking a person out of the line: one of one's choice, or whoever is next. Two never take the
same one; and before hard content is opened a page says what it speaks of.
"""

import uuid
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.audit import save_audit
from bot.store.claims import claim_handoff, claim_next
from bot.store.desk_view import find_passed
from bot.store.errors import CaseloadFull
from bot.store.people import claim_person
from bot.store.tables import HandoffRow, StaffRow
from console.errors import NotAllowed
from console.house import House
from console.members import Member, allowed
from console.navigator import words
from console.navigator.holding import find_held, may_see, may_take
from console.navigator.presence import Presence
from console.navigator.telling import say_arrived

TOO_LATE = "Somebody else took this conversation a moment ago, or it has ended."
NOBODY = "Nobody waits for you right now."
FULL = "Give one back or pass one on before you take another."
RESTING = "You are resting, so nobody is given to you. You can still take somebody out of the line."
#: Whom somebody gave back or passed on is not given to them as the next person for so long.
PASSED_FOR = timedelta(minutes=30)


def routes(house: House) -> APIRouter:
    """``/people/{person_id}/claim``, ``opening`` and ``open``; and ``/next``."""
    router = APIRouter()
    queue = Annotated[Member, Depends(allowed(house, "queue"))]
    at_desk = Annotated[Member, Depends(allowed(house, "next"))]

    @router.post("/people/{person_id}/claim")
    async def claim(
        member: queue, person_id: uuid.UUID, noted: Annotated[bool, Form()] = False
    ) -> Response:
        async with house.sessions.begin() as session:
            row = await session.get(HandoffRow, person_id)
            if row and row.topics and not noted and may_take(house, member, row):
                return _to(f"/people/{person_id}/opening")
            fault = await _claim(house, session, member, person_id)
        return _sorry(house, member, fault) if fault else await _open(house, member, person_id)

    @router.post("/next")
    async def take_next(member: at_desk) -> Response:
        async with house.sessions.begin() as session:
            found = await _claim_next(house, session, member)
        if isinstance(found, str):
            return _sorry(house, member, found)
        if found.topics:
            return _to(f"/people/{found.person_id}/opening")
        return await _open(house, member, found.person_id)

    @router.get("/people/{person_id}/opening")
    async def opening(request: Request, member: at_desk, person_id: uuid.UUID) -> Response:
        presence: Presence = request.app.state.presence
        row = await _find_row(house, member, person_id)
        return house.pages.show(
            member, "opening.html", row=row, waits=row.claimed_by is None, words=words,
            looking=presence.others(person_id, member),
        )  # fmt: skip

    @router.post("/people/{person_id}/open")
    async def open_taken(member: at_desk, person_id: uuid.UUID) -> Response:
        return await _open(house, member, person_id)

    return router


async def _claim(house: House, session: AsyncSession, member: Member, person_id: uuid.UUID) -> str:
    """Why the person could not be taken; empty when they are taken, now or before."""
    await claim_person(session, person_id)  # a turn of theirs is over first
    try:
        row = await claim_handoff(session, person_id, member.id, house.now())
    except CaseloadFull as full:
        return f"{full} {FULL}"
    if row is None:
        mine = await session.get(HandoffRow, person_id, populate_existing=True)
        return "" if mine and mine.claimed_by == member.id else TOO_LATE
    await save_audit(session, member.id, "claimed", house.now(), person_id=person_id)
    return ""


async def _claim_next(house: House, session: AsyncSession, member: Member) -> HandoffRow | str:
    """Whoever is most urgent, taken; or why nobody is."""
    now, staff = house.now(), await session.get_one(StaffRow, member.id)
    if staff.resting_until is not None and staff.resting_until > now:
        return RESTING
    passed = await find_passed(session, member.id, now - PASSED_FOR)
    try:
        row = await claim_next(session, member.id, now, passed)
    except CaseloadFull as full:
        return f"{full} {FULL}"
    if row is None:
        return NOBODY
    await save_audit(session, member.id, "claimed", now, person_id=row.person_id)
    return row


async def _open(house: House, member: Member, person_id: uuid.UUID) -> Response:
    """In a transaction of its own, which holds the person first, as everywhere."""
    async with house.sessions.begin() as session:
        held = await find_held(house, session, member, person_id)
        if held.row.claimed_by == member.id:
            await say_arrived(house, session, held)
    return _to(f"/people/{person_id}")


async def _find_row(house: House, member: Member, person_id: uuid.UUID) -> HandoffRow:
    """Raises :class:`NotAllowed` for whoever neither sees the talk nor may take the person."""
    async with house.sessions() as session:
        row = await session.get(HandoffRow, person_id)
    if row is None or not (may_see(house, member, row) or may_take(house, member, row)):
        raise NotAllowed
    return row


def _to(way: str) -> Response:
    return RedirectResponse(way, status_code=303)


def _sorry(house: House, member: Member, sentence: str) -> Response:
    return house.pages.show(member, "sorry.html", status=409, sentence=sentence)
