"""Whatever shows something of a person to somebody else refuses without that very consent."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

import bot
from bot.care.consent import ConsentKind, decide_grant
from bot.care.handoffs import Choice
from bot.care.referrals import Content
from bot.care.steps import Step
from bot.store.accesses import find_accesses
from bot.store.bookings import disclose_booking, find_bookings
from bot.store.care_steps import disclose_steps, save_step
from bot.store.consents import revoke_consent, save_consent
from bot.store.errors import NoConsent
from bot.store.feedback import disclose_feedback, save_feedback
from bot.store.handoffs import Call, disclose_note, save_choice, save_handoff
from bot.store.misread import Stripped, disclose_misread, save_misread
from bot.store.referrals import disclose_referral, save_referral
from bot.store.tables import MisreadRow, ReferralRow
from tests.appointments.desk import NOW, SERVICE, Desk, Person, open_desk, slot
from tests.console.desk_staff import hire

Show = Callable[[AsyncSession, Person], Awaitable[object]]


async def _show_booking(session: AsyncSession, ana: Person) -> object:
    (booked,) = await find_bookings(session, ana.key, ana.id, NOW)
    return await disclose_booking(session, ana.key, ana.id, booked.id, NOW)


async def _show_steps(session: AsyncSession, ana: Person) -> object:
    return await disclose_steps(session, ana.key, ana.id, "navigator", NOW)


async def _show_note(session: AsyncSession, ana: Person) -> object:
    call = Call("human", "en")
    row = await save_handoff(session, ana.key, ana.id, call, NOW)
    await save_choice(session, ana.key, row, Choice.NOW, ["You: my words"])
    return await disclose_note(session, ana.key, row, "Nora", NOW)


async def _show_referral(session: AsyncSession, ana: Person) -> object:
    content = Content(name="Ana", need="legal help")
    nora = await hire(session)
    made = await save_referral(session, ana.key, ana.id, SERVICE, content, nora, NOW)
    row = await session.get_one(ReferralRow, made)
    return await disclose_referral(session, ana.key, row, "partner", NOW)


async def _show_feedback(session: AsyncSession, ana: Person) -> object:
    return await disclose_feedback(session, ana.key, ana.id, "team", NOW)


async def _show_misread(session: AsyncSession, ana: Person) -> object:
    row = (await session.scalars(select(MisreadRow))).one()
    return await disclose_misread(session, ana.key, row, "Nora", NOW)


#: Every function that discloses, what it needs, and how it is called.
DISCLOSING: dict[str, tuple[ConsentKind, str, Show]] = {
    "bot.store.bookings.disclose_booking": (ConsentKind.SHARE_AGENCY, SERVICE, _show_booking),
    "bot.store.care_steps.disclose_steps": (ConsentKind.SHARE, "", _show_steps),
    "bot.store.handoffs.disclose_note": (ConsentKind.SHARE, "", _show_note),
    "bot.store.referrals.disclose_referral": (ConsentKind.SHARE_AGENCY, SERVICE, _show_referral),
    "bot.store.feedback.disclose_feedback": (ConsentKind.EVALUATION, "", _show_feedback),
    "bot.store.misread.disclose_misread": (ConsentKind.LEARN, "", _show_misread),
}


def test_every_function_that_discloses_is_tried_here() -> None:
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(bot.__path__, "bot.")
        if ".migrations" not in found.name
    ]
    disclosing = {
        f"{module.__name__}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.iscoroutinefunction)
        if name.startswith("disclose_") and function.__module__ == module.__name__
    }
    assert disclosing == set(DISCLOSING)


@pytest.mark.parametrize("name", sorted(DISCLOSING))
def test_nothing_is_shown_without_that_very_consent(name: str, database_url: str) -> None:
    kind, agency, show = DISCLOSING[name]

    async def run() -> None:
        async with open_desk(database_url) as desk:
            ana = await _fill(desk)
            await _agree_to_all_but(desk, ana, kind)
            await _is_refused(desk, ana, show)
            await _agree(desk, ana, kind, agency)
            async with desk.sessions.begin() as session:
                assert await show(session, ana)
                assert len(await find_accesses(session, ana.key, ana.id)) == 1
            async with desk.sessions.begin() as session:
                await revoke_consent(session, ana.id, kind, NOW, agency)
            await _is_refused(desk, ana, show)

    asyncio.run(run())


async def _fill(desk: Desk) -> Person:
    """A person of whom there is something of each kind."""
    await desk.offer([slot()])
    ana = await desk.meet()
    await desk.book(ana, slot())
    async with desk.sessions.begin() as session:
        await save_step(session, ana.key, ana.id, Step("call the school"), NOW)
        await save_feedback(session, ana.key, ana.id, "it was cold", NOW)
        stripped = Stripped("en", "what … about", None)
        await save_misread(session, ana.key, ana.id, stripped, NOW.date())
    return ana


async def _agree(desk: Desk, ana: Person, kind: ConsentKind, agency: str = "") -> None:
    async with desk.sessions.begin() as session:
        given = decide_grant(kind, NOW - timedelta(minutes=1), agency)
        await save_consent(session, ana.id, given)


async def _agree_to_all_but(desk: Desk, ana: Person, kind: ConsentKind) -> None:
    """A release for another agency is another consent."""
    for other in set(ConsentKind) - {kind, ConsentKind.SHARE_AGENCY}:
        await _agree(desk, ana, other)
    await _agree(desk, ana, ConsentKind.SHARE_AGENCY, "another")


async def _is_refused(desk: Desk, ana: Person, show: Show) -> None:
    with pytest.raises(NoConsent):
        async with desk.sessions.begin() as session:
            await show(session, ana)
