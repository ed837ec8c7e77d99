"""The care plan beside the conversation: steps that a person and a navigator agree on."""

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind
from bot.care.steps import AREAS, Step
from bot.store.audit import save_audit
from bot.store.care_steps import disclose_steps, forget_step, save_step
from bot.store.consents import require_consent
from bot.store.errors import NoConsent
from console.house import House
from console.members import Member, allowed
from console.navigator.holding import find_held

#: Characters of one line of a step.
LONGEST = 120


def routes(house: House) -> APIRouter:
    """``/people/{person_id}/plan``. Without the consent to share, it says how to ask for it."""
    router = APIRouter()
    plan = Annotated[Member, Depends(allowed(house, "plan"))]

    @router.get("/people/{person_id}/plan")
    async def page(member: plan, person_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            held, now = await find_held(house, session, member, person_id), house.now()
            try:
                steps = await disclose_steps(session, held.key, person_id, member.name, now)
            except NoConsent:
                return _show(house, member, person_id, None)
            await save_audit(session, member.id, "plan_seen", now, person_id=person_id)
        return _show(house, member, person_id, steps)

    @router.post("/people/{person_id}/plan")
    async def add(request: Request, member: plan, person_id: uuid.UUID) -> Response:
        step = _parse_step(dict(await request.form()), member)
        if step is None:
            raise HTTPException(422)
        async with house.sessions.begin() as session:
            held, now = await find_held(house, session, member, person_id), house.now()
            await _require_share(session, person_id, now)
            await save_step(session, held.key, person_id, step, now)
            await save_audit(session, member.id, "plan_changed", now, person_id=person_id)
        return RedirectResponse(f"/people/{person_id}/plan", status_code=303)

    @router.post("/people/{person_id}/plan/done")
    async def done(
        member: plan, person_id: uuid.UUID, step: Annotated[uuid.UUID, Form()]
    ) -> Response:
        async with house.sessions.begin() as session:
            await find_held(house, session, member, person_id)
            await _require_share(session, person_id, house.now())
            await forget_step(session, person_id, step)
            await save_audit(session, member.id, "plan_changed", house.now(), person_id=person_id)
        return RedirectResponse(f"/people/{person_id}/plan", status_code=303)

    return router


async def _require_share(session: AsyncSession, person_id: uuid.UUID, now: datetime) -> None:
    """Raises 404 without the consent, as for what is not there."""
    try:
        await require_consent(session, person_id, ConsentKind.SHARE, now)
    except NoConsent as error:
        raise HTTPException(404) from error


def _parse_step(untrusted: dict[str, object], member: Member) -> Step | None:
    """A step from the form; ``None`` when it does not say what is to be done."""
    given = {name: " ".join(str(value).split())[:LONGEST] for name, value in untrusted.items()}
    if not given.get("what") or given.get("area") not in AREAS:
        return None
    return Step(
        what=given["what"],
        area=given["area"],
        by=given.get("by", ""),
        transport=given.get("transport", ""),
        helper=given.get("helper", ""),
        agreed_with=member.name.split()[0],
    )


def _show(
    house: House, member: Member, person_id: uuid.UUID, steps: list[tuple[uuid.UUID, Step]] | None
) -> Response:
    return house.pages.show(member, "plan.html", person_id=person_id, steps=steps, areas=AREAS)
