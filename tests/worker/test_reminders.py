"""No message that the house writes first leaves against the person's wishes."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.care.consent import ConsentKind, decide_grant
from bot.care.contact import ContactWishes
from bot.store import inbox, outbox, people
from bot.store.consents import revoke_consent, save_consent
from bot.store.contacts import save_wishes
from bot.store.reminders import find_reminders, save_reminder
from bot.store.sealed import open_person
from bot.store.tables import TaskRow
from bot.wire.inbound import Inbound
from bot.wire.turns import Reply
from tests.worker.conftest import open_settings
from worker.house import House, build
from worker.parcel import Parcel, claim_parcel
from worker.remind import send_reminders

MORNINGS = ContactWishes(
    first=True, days=frozenset(range(7)), starts=time(8), ends=time(12), wording="Rug is ready"
)
NOON = timedelta(hours=3)


@pytest.fixture
def house(tmp_path: Path, plain_database_url: str) -> House:
    """A worker's house that texts through an account nobody answers at."""
    account = {
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "t" * 32,
        "TWILIO_FROM": "+15035550100",
        "TWILIO_API_BASE": "http://127.0.0.1:9",
    }
    settings = open_settings(tmp_path / "home", plain_database_url, **account)
    return at(build(settings), timedelta())


def at(house: House, later: timedelta) -> House:
    """The same house at another time of that day."""
    ten = datetime(2026, 11, 25, 10, tzinfo=house.site.timezone)
    return replace(house, now=lambda: ten + later)


def run(house: House, act: Callable[[], Awaitable[None]]) -> None:
    async def all_of_it() -> None:
        try:
            await act()
        finally:
            await house.database.dispose()

    asyncio.run(all_of_it())


async def meet(house: House, wishes: ContactWishes | None, *, consented: bool = True) -> uuid.UUID:
    """A person with a reminder that is due now and of use for two hours."""
    async with house.sessions.begin() as session:
        person = await people.save_person(session, house.vault, "sms", "+15035550111")
        key = open_person(house.vault, person)
        if wishes:
            await save_wishes(session, key, person.id, wishes, house.now())
        if consented:
            given = decide_grant(ConsentKind.REMINDERS, house.now() - timedelta(minutes=1))
            await save_consent(session, person.id, given)
        until = house.now() + timedelta(days=2)
        await save_reminder(session, person.id, None, house.now(), until)
        return person.id


async def states(house: House, person_id: uuid.UUID) -> list[tuple[str, str | None]]:
    async with house.sessions() as session:
        return [(row.state, row.reason) for row in await find_reminders(session, person_id)]


async def is_called(house: House, person_id: uuid.UUID) -> bool:
    async with house.sessions() as session:
        kinds = await session.scalars(select(TaskRow.kind).where(TaskRow.person_id == person_id))
        return "reminder_dropped" in kinds.all()


async def parcel_of(house: House, person_id: uuid.UUID) -> Parcel | None:
    found = await claim_parcel(house, person_id)
    assert found is None or isinstance(found, Parcel)
    return found


def test_a_reminder_in_its_hours_says_the_persons_own_words_and_no_more(house: House) -> None:
    async def act() -> None:
        person_id = await meet(house, MORNINGS)
        await send_reminders(house)
        await send_reminders(house)
        assert await states(house, person_id) == [("sent", None)]
        parcel = await parcel_of(house, person_id)
        assert parcel and parcel.wanted
        assert parcel.reply == Reply("Rug is ready")

    run(house, act)


@pytest.mark.parametrize(
    ("wishes", "consented", "reason"),
    [
        (None, True, "never_first"),
        (replace(MORNINGS, first=False), True, "never_first"),
        (MORNINGS, False, "no_consent"),
        (replace(MORNINGS, days=frozenset()), True, "no_window_left"),
    ],
)
def test_a_reminder_that_is_not_wanted_is_dropped_and_navigators_see_it(
    house: House, wishes: ContactWishes | None, consented: bool, reason: str
) -> None:
    async def act() -> None:
        person_id = await meet(house, wishes, consented=consented)
        await send_reminders(house)
        assert await states(house, person_id) == [("dropped", reason)]
        assert await is_called(house, person_id)
        assert await parcel_of(house, person_id) is None

    run(house, act)


def test_a_reminder_outside_its_hours_waits_for_them(house: House) -> None:
    async def act() -> None:
        evening = at(house, timedelta(hours=10))
        person_id = await meet(evening, MORNINGS)
        await send_reminders(evening)
        assert await states(house, person_id) == [("waiting", None)]
        await send_reminders(at(house, timedelta(hours=21, minutes=59)))
        assert await states(house, person_id) == [("waiting", None)]
        await send_reminders(at(house, timedelta(hours=22)))
        assert await states(house, person_id) == [("sent", None)]

    run(house, act)


def test_wishes_are_looked_at_again_when_it_leaves(house: House) -> None:
    async def act() -> None:
        person_id = await meet(house, MORNINGS)
        await send_reminders(house)
        async with house.sessions.begin() as session:
            await revoke_consent(session, person_id, ConsentKind.REMINDERS, house.now())
        parcel = await parcel_of(house, person_id)
        assert parcel and not parcel.wanted

    run(house, act)


def test_an_answer_goes_at_once_and_a_late_one_waits_for_the_hours(house: House) -> None:
    async def act() -> None:
        evening = at(house, timedelta(hours=10))
        person_id = await meet(evening, MORNINGS)
        async with evening.sessions.begin() as session:
            person = await people.get_person(session, person_id)
            assert person
            message = Inbound("sms", "one", "+15035550111", "hello")
            await inbox.save_inbound(session, evening.vault, message)
            await outbox.save_replies(
                session, open_person(evening.vault, person), person_id, [Reply("Hi.")]
            )
        written = await _written_at(evening, person_id)
        late = replace(house, now=lambda: written + timedelta(minutes=16))
        soon = replace(house, now=lambda: written + timedelta(minutes=1))
        wishes = _hours_that_exclude(late)
        async with house.sessions.begin() as session:
            await save_wishes(
                session, open_person(house.vault, person), person_id, wishes, house.now()
            )
        assert await claim_parcel(late, person_id) is None
        async with house.sessions() as session:
            held = await outbox.find_held(session, late.now() + timedelta(days=2))
        assert held == [person_id]
        parcel = await parcel_of(soon, person_id)
        assert parcel and parcel.wanted

    run(house, act)


async def _written_at(house: House, person_id: uuid.UUID) -> datetime:
    async with house.sessions() as session:
        heard = await inbox.find_last_heard(session, person_id)
        assert heard
        return heard.astimezone(house.site.timezone)


def _hours_that_exclude(house: House) -> ContactWishes:
    """An hour of the day that begins three hours from now."""
    starts = (house.now() + NOON).time().replace(second=0, microsecond=0)
    ends = (house.now() + NOON + timedelta(hours=1)).time().replace(second=0, microsecond=0)
    return replace(MORNINGS, starts=starts, ends=ends)
