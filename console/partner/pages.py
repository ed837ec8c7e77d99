"""A partner's referrals: a list without content, and one at a time as far as it was released."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.referrals import NEXT, OF_AGENCY, REASONS, State
from bot.store.audit import save_audit
from bot.store.errors import NoConsent, NotNow
from bot.store.people import claim_person
from bot.store.referrals import (
    Referral,
    disclose_referral,
    find_open_referrals,
    find_own_referral,
    keep_day,
    move_referral,
)
from bot.store.sealed import open_person
from bot.store.tables import ReferralRow
from bot.vault.vault import PersonKey
from console.errors import NotAllowed
from console.house import House
from console.members import Member, allowed

#: Characters of a day as the agency writes it.
LONGEST_DAY = 60


def routes(house: House) -> APIRouter:
    """``/partner``. What is another's, closed, expired or taken back is not there."""
    router = APIRouter()
    partner = Annotated[Member, Depends(allowed(house, "partner"))]

    @router.get("/partner")
    async def listing(member: partner) -> Response:
        async with house.sessions() as session:
            found = await find_open_referrals(session, member.agency, house.now())
        return house.pages.show(member, "partner.html", referrals=found)

    @router.get("/partner/{referral_id}")
    async def one(member: partner, referral_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            row, _, referral = await _find(house, session, member, referral_id)
            await save_audit(
                session, member.id, "referral_seen", house.now(), person_id=row.person_id
            )
        follow = [one.value for one in OF_AGENCY & NEXT[referral.state]]
        return house.pages.show(
            member, "partner_one.html", referral=referral, follow=follow, reasons=REASONS
        )

    @router.post("/partner/{referral_id}")
    async def move(
        member: partner, referral_id: uuid.UUID, state: Annotated[str, Form()],
        reason: Annotated[str, Form()] = "", day: Annotated[str, Form()] = "",
    ) -> Response:  # fmt: skip
        wanted = _parse_state(state, reason)
        async with house.sessions.begin() as session:
            row, key, _ = await _find(house, session, member, referral_id)
            if wanted is State.SCHEDULED:
                keep_day(key, row, " ".join(day.split())[:LONGEST_DAY])
            await _move(house, session, member, row, wanted, reason)
        return RedirectResponse("/partner", status_code=303)

    return router


async def _find(
    house: House, session: AsyncSession, member: Member, referral_id: uuid.UUID
) -> tuple[ReferralRow, PersonKey, Referral]:
    """Person first and held, as everywhere. Raises :class:`NotAllowed`."""
    seen = await session.get(ReferralRow, referral_id)
    person = await claim_person(session, seen.person_id) if seen else None
    row = await find_own_referral(session, member.agency, referral_id)
    if person is None or row is None or not member.agency:
        raise NotAllowed
    key, now = open_person(house.vault, person), house.now()
    try:
        referral = await disclose_referral(session, key, row, member.agency, now)
    except NoConsent as error:
        raise NotAllowed from error
    return row, key, referral


def _parse_state(untrusted_state: str, untrusted_reason: str) -> State:
    """What an agency may do. Raises 422 for anything else, and for declining without a reason."""
    try:
        state = State(untrusted_state)
    except ValueError as error:
        raise HTTPException(422) from error
    if state not in OF_AGENCY or (state is State.DECLINED and untrusted_reason not in REASONS):
        raise HTTPException(422)
    return state


async def _move(
    house: House, session: AsyncSession, member: Member, row: ReferralRow, state: State, reason: str
) -> None:
    kept = reason if state is State.DECLINED else None
    try:
        move_referral(row, state, house.now(), reason=kept)
    except NotNow as error:
        raise HTTPException(409) from error
    await save_audit(
        session, member.id, f"referral_{state.value}", house.now(), person_id=row.person_id,
        about=kept or "",
    )  # fmt: skip
