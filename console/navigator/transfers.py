"""Passing a conversation on: to a person or a team, back into the line, to a supervisor.

Only whoever holds it or stands beside it can, or a supervisor; for all others it is not there.
"""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.audit import save_audit
from bot.store.claims import give_back, join_handoff, take_over, transfer_handoff
from bot.store.desk_news import tell_desk
from bot.store.handoffs import find_handoff
from bot.store.people import claim_person
from bot.store.staff import find_all_staff
from bot.store.staff_desk import LONGEST_SHIFT
from bot.store.tables import StaffRow
from console.errors import NotAllowed
from console.house import House
from console.members import Member, allowed
from console.navigator import words
from console.navigator.holding import Held, find_held
from console.navigator.telling import say_called_away

#: Characters of the note that goes along.
LONGEST_NOTE = 1000
_TO_STAFF, _TO_TEAM = "staff:", "team:"


def routes(house: House) -> APIRouter:
    """What stands below ``/people/{person_id}/``: transfer, give-back, join, take-over, free."""
    router = APIRouter()
    router.include_router(_passing(house))
    router.include_router(_supervising(house))
    return router


def _passing(house: House) -> APIRouter:
    router = APIRouter()
    talk = Annotated[Member, Depends(allowed(house, "talk"))]

    @router.get("/people/{person_id}/transfer")
    async def ask(member: talk, person_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            held = await _find_real(house, session, member, person_id)
            staff = await _find_colleagues(house, session, member)
        return house.pages.show(
            member, "transfer.html", row=held.row, staff=staff, words=words,
            teams=[team.name for team in house.site.teams],
            shift_since=house.now() - LONGEST_SHIFT, longest=LONGEST_NOTE,
        )  # fmt: skip

    @router.post("/people/{person_id}/transfer")
    async def transfer(
        member: talk, person_id: uuid.UUID,
        to: Annotated[str, Form()], note: Annotated[str, Form(max_length=LONGEST_NOTE)],
        reason: Annotated[str, Form()] = "unsaid",
    ) -> Response:  # fmt: skip
        async with house.sessions.begin() as session:
            held = await _find_real(house, session, member, person_id)
            await _transfer(house, session, member, held, to, reason, note.strip())
        return _to("/rest/after")

    @router.post("/people/{person_id}/give-back")
    async def back(member: talk, person_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            held = await find_held(house, session, member, person_id)
            await _give_back(house, session, member, held)
        return _to("/")

    return router


def _supervising(house: House) -> APIRouter:
    router = APIRouter()
    join = Annotated[Member, Depends(allowed(house, "join"))]

    @router.post("/people/{person_id}/join")
    async def come(member: join, person_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            held = await find_held(house, session, member, person_id)
            if held.row.claimed_by != member.id:
                await join_handoff(session, held.row, member.id)
                await _note(house, session, member, person_id, "joined")
        return _to(f"/people/{person_id}")

    @router.post("/people/{person_id}/take-over")
    async def take(member: join, person_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            held = await find_held(house, session, member, person_id)
            if held.row.claimed_by != member.id:
                await take_over(session, held.row, member.id, house.now())
                await _note(house, session, member, person_id, "taken_over")
        return _to(f"/people/{person_id}")

    @router.post("/people/{person_id}/free")
    async def free(member: join, person_id: uuid.UUID) -> Response:
        """Whom it was meant for does not come: anybody may take them now."""
        async with house.sessions.begin() as session:
            await claim_person(session, person_id)
            row = await find_handoff(session, person_id)
            if row is None or row.claimed_by or row.practice or not row.meant_for:
                raise NotAllowed
            row.meant_for = None
            await tell_desk(session, person_id)
            await _note(house, session, member, person_id, "freed")
        return _to("/")

    return router


async def _find_real(
    house: House, session: AsyncSession, member: Member, person_id: uuid.UUID
) -> Held:
    """A simulated survivor is for one trainee, and is passed on to nobody."""
    held = await find_held(house, session, member, person_id)
    if held.row.practice is not None:
        raise NotAllowed
    return held


async def _transfer(
    house: House, session: AsyncSession, member: Member, held: Held, to: str, reason: str, note: str
) -> None:
    """``to`` and ``reason`` are options of the form. Raises 422 for others, or without a note."""
    colleagues = await _find_colleagues(house, session, member)
    people = {f"{_TO_STAFF}{one.id}": one.id for one in colleagues}
    teams = {f"{_TO_TEAM}{team.name}": team.name for team in house.site.teams}
    if not note or reason not in words.PASSED_BECAUSE or not (to in people or to in teams):
        raise HTTPException(422)
    await say_called_away(house, session, held)
    held.row.unanswered_since = None
    await transfer_handoff(
        session, held.key, held.row, f"{member.name}, {words.PASSED_BECAUSE[reason]}: {note}",
        to_staff=people.get(to), to_team=teams.get(to, ""),
    )  # fmt: skip
    await _note(house, session, member, held.person.id, "transferred", about=reason)


async def _give_back(house: House, session: AsyncSession, member: Member, held: Held) -> None:
    await say_called_away(house, session, held)
    held.row.unanswered_since = None
    if held.row.practice is not None:
        held.row.meant_for = held.row.claimed_by  # theirs to take again, and nobody else's
    await give_back(session, held.row)
    await _note(house, session, member, held.person.id, "given_back")


async def _find_colleagues(house: House, session: AsyncSession, member: Member) -> list[StaffRow]:
    """Everybody else who can hold a conversation."""
    return [
        one
        for one in await find_all_staff(session)
        if one.disabled_at is None
        and one.id != member.id
        and house.permissions.allow(one.role, "talk")
    ]


async def _note(
    house: House, session: AsyncSession, member: Member, person_id: uuid.UUID, what: str,
    about: str = "",
) -> None:  # fmt: skip
    await save_audit(session, member.id, what, house.now(), person_id=person_id, about=about)


def _to(way: str) -> Response:
    return RedirectResponse(way, status_code=303)
