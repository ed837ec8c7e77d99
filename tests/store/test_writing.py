"""Whether somebody writes to a person right now, and whether the person is to see it."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import update

from bot.care.contact import ContactWishes
from bot.store.claims import claim_handoff, give_back, join_handoff
from bot.store.contacts import save_wishes
from bot.store.covers import lock_cover, save_cover, unlock_cover
from bot.store.drafts import forget_draft, save_draft
from bot.store.handoffs import Call, find_handoff, save_handoff
from bot.store.inbox import save_inbound
from bot.store.opt_outs import save_opt_out
from bot.store.outbox import REPLY_NEWS
from bot.store.people import get_person, save_person
from bot.store.tables import InboxRow, StaffRow
from bot.store.writing import ask_for_sign, is_writing, sees_writing
from bot.wire.inbound import Inbound
from tests.appointments.desk import NOW, Desk, Person, open_desk

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
#: Nobody may write first, at no hour.
NEVER_FIRST = ContactWishes()


async def _hire(desk: Desk) -> uuid.UUID:
    staff_id = uuid.uuid4()
    async with desk.sessions.begin() as session:
        session.add(
            StaffRow(
                id=staff_id,
                email=f"{staff_id}@staff.example",
                name="Nora",
                role="navigator",
                languages=["en"],
                password_hash="",
                caseload=5,
            )
        )
    return staff_id


async def _hold(desk: Desk, person: Person) -> uuid.UUID:
    """Somebody takes the person who called; their id."""
    nora = await _hire(desk)
    async with desk.sessions.begin() as session:
        await save_handoff(session, person.key, person.id, Call("human", "en"), NOW)
        assert await claim_handoff(session, person.id, nora, NOW)
    return nora


async def _type(desk: Desk, person: Person, staff_id: uuid.UUID, words: str = "I am") -> None:
    async with desk.sessions.begin() as session:
        await save_draft(session, person.key, person.id, staff_id, words, NOW)


async def _hear(desk: Desk, person: Person, before: timedelta) -> None:
    """The person wrote so long before now."""
    async with desk.sessions.begin() as session:
        row = await get_person(session, person.id)
        assert row is not None
        message = Inbound("sms", uuid.uuid4().hex, "+15035550000", "hi")
        assert await save_inbound(session, desk.vault, message) is row
        await session.execute(update(InboxRow).values(received_at=NOW - before))


async def _writes(desk: Desk, person: Person, after: timedelta = SECOND) -> bool:
    async with desk.sessions() as session:
        return await is_writing(session, person.id, NOW + after)


async def _sees(desk: Desk, person: Person) -> bool:
    async with desk.sessions() as session:
        row = await get_person(session, person.id)
        assert row is not None
        return await sees_writing(session, person.key, row, NOW + SECOND)


def test_who_holds_the_talk_writes_until_some_seconds_after_the_last_letter(
    database_url: str,
) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana, bea = await desk.meet(), await desk.meet(1)
            nora = await _hold(desk, ana)
            assert not await _writes(desk, ana)
            await _type(desk, ana, nora)
            assert await _writes(desk, ana, 5 * SECOND)
            assert not await _writes(desk, ana, 7 * SECOND)
            await _hold(desk, bea)
            assert not await _writes(desk, bea)

    asyncio.run(story())


def test_words_that_were_sent_or_taken_out_are_not_being_written(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana = await desk.meet()
            nora = await _hold(desk, ana)
            await _type(desk, ana, nora)
            async with desk.sessions.begin() as session:
                await forget_draft(session, ana.id, nora)
            assert not await _writes(desk, ana)
            await _type(desk, ana, nora)
            await _type(desk, ana, nora, "  ")
            assert not await _writes(desk, ana)

    asyncio.run(story())


def test_only_who_talks_with_the_person_counts(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana = await desk.meet()
            nora, vera = await _hold(desk, ana), await _hire(desk)
            await _type(desk, ana, vera)
            assert not await _writes(desk, ana)
            async with desk.sessions.begin() as session:
                row = await find_handoff(session, ana.id)
                assert row
                await join_handoff(session, row, vera)
            assert await _writes(desk, ana)
            await _type(desk, ana, nora)
            async with desk.sessions.begin() as session:
                row = await find_handoff(session, ana.id)
                assert row
                await give_back(session, row)
            assert not await _writes(desk, ana)

    asyncio.run(story())


@pytest.mark.parametrize(
    ("wishes", "before", "seen"),
    [
        (None, 59 * MINUTE, True),
        (None, 61 * MINUTE, False),
        (NEVER_FIRST, 14 * MINUTE, True),
        (NEVER_FIRST, 16 * MINUTE, False),
    ],
)
def test_it_is_seen_by_who_wrote_lately(
    database_url: str, wishes: ContactWishes | None, before: timedelta, seen: bool
) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana = await desk.meet()
            await _type(desk, ana, await _hold(desk, ana))
            assert not await _sees(desk, ana)  # nobody has heard from them yet
            await _hear(desk, ana, before)
            if wishes:
                async with desk.sessions.begin() as session:
                    await save_wishes(session, ana.key, ana.id, wishes, NOW)
            assert await _sees(desk, ana) is seen

    asyncio.run(story())


def test_it_is_not_seen_behind_a_cover_or_after_stop(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana = await desk.meet()
            await _type(desk, ana, await _hold(desk, ana))
            await _hear(desk, ana, MINUTE)
            async with desk.sessions.begin() as session:
                await save_cover(session, ana.key, ana.id, "weather", "tangerine")
                await lock_cover(session, ana.id)
            assert not await _sees(desk, ana)
            async with desk.sessions.begin() as session:
                await unlock_cover(session, ana.id)
            assert await _sees(desk, ana)
            async with desk.sessions.begin() as session:
                row = await get_person(session, ana.id)
                assert row
                await save_opt_out(session, row.pseudonym)
            assert not await _sees(desk, ana)

    asyncio.run(story())


def test_a_page_is_woken_by_words_that_are_kept(database_url: str, plain_database_url: str) -> None:
    async def story(listening: psycopg.Connection) -> None:
        async with open_desk(database_url) as desk:
            ana, bea = await desk.meet(), await desk.meet(1)
            nora = await _hold(desk, ana)
            await _type(desk, bea, nora, "  ")
            await _type(desk, ana, nora)
            heard = [one.payload for one in listening.notifies(timeout=5, stop_after=1)]
            assert heard == [str(ana.id)]

    with psycopg.connect(plain_database_url, autocommit=True) as listening:
        listening.execute(f"LISTEN {REPLY_NEWS}")
        asyncio.run(story(listening))


def test_a_vendor_is_asked_once_in_five_seconds_and_only_one_that_shows_it(
    database_url: str, plain_database_url: str
) -> None:
    async def story() -> tuple[uuid.UUID, uuid.UUID]:
        async with open_desk(database_url) as desk:
            async with desk.sessions.begin() as session:
                ana = await save_person(session, desk.vault, "telegram", "1")
                bea = await save_person(session, desk.vault, "telegram", "2")
                others = [
                    await save_person(session, desk.vault, channel, "+15035550199")
                    for channel in ("sms", "whatsapp", "web", "practice")
                ]
            for seconds in (0, 1, 2, 3, 4, 5, 6):
                async with desk.sessions.begin() as session:
                    for person in (ana, *others):
                        await ask_for_sign(session, desk.vault, person, NOW + seconds * SECOND)
            async with desk.sessions.begin() as session:
                await ask_for_sign(session, desk.vault, bea, NOW + 6 * SECOND)
            return ana.id, bea.id

    ana_id, bea_id = asyncio.run(story())
    with psycopg.connect(plain_database_url) as connection:
        jobs = connection.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        assert jobs.fetchall() == [
            ("sign", {"person_id": str(one)}) for one in (ana_id, ana_id, bea_id)
        ]
