"""Choosing a simulated survivor, and how it went."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.persona_scripts import load_personas
from bot.care.personas import render_feedback
from bot.store.practice import end_practice, find_practice, find_practices, start_practice
from bot.store.sealed import open_person
from bot.store.tables import HandoffRow, PersonRow
from console.errors import NotAllowed
from console.house import House
from console.members import Member, allowed

#: Practices of one trainee at a time.
MOST = 3


def routes(house: House) -> APIRouter:
    """``/practice``. Raises ``bot.care.errors.BadPersona`` for a script that cannot be played."""
    router = APIRouter()
    member_here = Annotated[Member, Depends(allowed(house, "practice"))]
    personas = load_personas(house.settings.site_path / "practice")

    @router.get("/practice")
    async def page(member: member_here) -> Response:
        async with house.sessions() as session:
            running = await find_practices(session, member.id)
        return house.pages.show(
            member, "practice.html", personas=personas, running=running, most=MOST
        )

    @router.post("/practice/start")
    async def start(member: member_here, persona: Annotated[str, Form()]) -> Response:
        if persona not in personas:
            raise HTTPException(422)
        async with house.sessions.begin() as session:
            if len(await find_practices(session, member.id)) < MOST:
                chosen = personas[persona]
                await start_practice(session, house.vault, chosen, member.id, house.now())
        return _back()

    @router.get("/practice/{person_id}")
    async def learn(member: member_here, person_id: uuid.UUID) -> Response:
        async with house.sessions() as session:
            row = await _find_own(session, member, person_id)
            person = await session.get_one(PersonRow, person_id)
            practice = await find_practice(session, open_person(house.vault, person), row)
        if practice is None:
            raise NotAllowed
        feedback = render_feedback(practice.persona, practice.scene)
        written = len(practice.scene.heard)
        return house.pages.show(
            member, "practice_end.html", row=row, persona=practice.persona,
            scene=practice.scene, feedback=feedback if written else [],
        )  # fmt: skip

    @router.post("/practice/{person_id}/end")
    async def end(member: member_here, person_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            await _find_own(session, member, person_id)
            await end_practice(session, person_id, house.now())
        return _back()

    return router


async def _find_own(session: AsyncSession, member: Member, person_id: uuid.UUID) -> HandoffRow:
    """Raises :class:`NotAllowed` for anybody real, and for the practice of somebody else."""
    mine = await find_practices(session, member.id)
    row = next((one for one in mine if one.person_id == person_id), None)
    if row is None:
        raise NotAllowed
    return row


def _back() -> Response:
    return RedirectResponse("/practice", status_code=303)
