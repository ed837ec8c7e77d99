"""Memory opens with its passphrase alone, and nobody learns from trying whether there is one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, decide_grant
from bot.store import memory, people
from bot.store.consents import revoke_consent, save_consent
from bot.store.errors import NoConsent
from bot.store.memory import KEPT_FOR, TooSoon
from bot.vault import passphrase
from bot.vault.passphrase import TODAY, Cost, Passphrase, parse_passphrase
from tests.appointments.desk import NOW, Desk, Person, open_desk

PLAN = "go to my sister, blue bag by the door"
MINUTE = timedelta(minutes=1)


def _phrase(text: str) -> Passphrase:
    parsed = parse_passphrase(text)
    assert parsed is not None
    return parsed


@pytest.fixture
def derived() -> Iterator[list[Cost]]:
    """The cost of each key derived in a thread of its own, in order: watched, not replaced."""
    costs: list[Cost] = []

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is passphrase._derive.__code__:
            costs.append(frame.f_locals["cost"])

    threading.setprofile(watch)
    yield costs
    threading.setprofile(None)


RIGHT, WRONG = _phrase("three small boats"), _phrase("four large trains")


@dataclass(frozen=True)
class Shelf:
    """Where memories are kept; every call is a transaction of its own."""

    desk: Desk

    async def agree(self, person: Person) -> None:
        async with self.desk.sessions.begin() as session:
            await save_consent(session, person.id, decide_grant(ConsentKind.REMEMBER, NOW))

    async def save(self, person: Person, phrase: Passphrase = RIGHT, text: str = PLAN) -> None:
        async with self.desk.sessions.begin() as session:
            await memory.save_memory(session, person.key, person.id, phrase, text, NOW)

    async def open(
        self, person: Person, phrase: Passphrase, now: datetime = NOW
    ) -> str | TooSoon | None:
        async with self.desk.sessions.begin() as session:
            return await memory.open_memory(session, person.key, person.id, phrase, now)

    async def do(self, effect: Callable[[AsyncSession], Awaitable[object]]) -> None:
        async with self.desk.sessions.begin() as session:
            await effect(session)


def _run(url: str, story: Callable[[Shelf, Person, Person], Awaitable[None]]) -> None:
    """``story`` with two people who have agreed to be remembered; the first keeps a plan."""

    async def tell() -> None:
        async with open_desk(url) as desk:
            shelf, ana, bea = Shelf(desk), await desk.meet(1), await desk.meet(2)
            await shelf.agree(ana)
            await shelf.agree(bea)
            await shelf.save(ana)
            await story(shelf, ana, bea)

    asyncio.run(tell())


def _rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query).fetchall()  # type: ignore[call-overload]


def test_the_right_passphrase_opens_and_ends_the_counting(
    database_url: str, plain_database_url: str
) -> None:
    async def story(shelf: Shelf, ana: Person, bea: Person) -> None:
        assert await shelf.open(ana, WRONG) is None
        assert await shelf.open(ana, RIGHT) == PLAN
        assert _rows(plain_database_url, "SELECT * FROM memory_try") == []
        await shelf.save(ana, WRONG, "another plan")
        assert await shelf.open(ana, RIGHT) is None
        assert await shelf.open(ana, WRONG) == "another plan"

    _run(database_url, story)


def test_wrong_and_nothing_kept_are_alike_and_slow_down_alike(
    database_url: str, plain_database_url: str, derived: list[Cost]
) -> None:
    """The same answers, the same work beside the loop, and none at all while it is too soon."""

    async def story(shelf: Shelf, ana: Person, bea: Person) -> None:
        for _ in range(5):
            for person in (ana, bea):
                derived.clear()
                assert await shelf.open(person, WRONG) is None
                assert derived == [TODAY]
        for person in (ana, bea):
            assert await shelf.open(person, RIGHT) == TooSoon(NOW + MINUTE)
        assert derived == [TODAY]
        counted = "SELECT failures, failed_at FROM memory_try"
        assert _rows(plain_database_url, counted) == [(5, NOW), (5, NOW)]
        assert await shelf.open(bea, RIGHT, NOW + MINUTE) is None
        assert await shelf.open(ana, WRONG, NOW + MINUTE) is None
        assert await shelf.open(ana, RIGHT, NOW + 2 * MINUTE) == TooSoon(NOW + 3 * MINUTE)
        assert await shelf.open(ana, RIGHT, NOW + 3 * MINUTE) == PLAN

    _run(database_url, story)


def test_guesses_at_once_are_counted_one_by_one(database_url: str) -> None:
    async def story(shelf: Shelf, ana: Person, bea: Person) -> None:
        tried = await asyncio.gather(*(shelf.open(bea, WRONG) for _ in range(5)))
        assert tried == [None] * 5
        assert isinstance(await shelf.open(bea, WRONG), TooSoon)

    _run(database_url, story)


def test_nothing_is_kept_without_consent(database_url: str, plain_database_url: str) -> None:
    async def story(shelf: Shelf, ana: Person, bea: Person) -> None:
        await shelf.do(lambda s: revoke_consent(s, bea.id, ConsentKind.REMEMBER, NOW))
        with pytest.raises(NoConsent):
            await shelf.save(bea)
        await shelf.do(lambda s: memory.forget_memory(s, ana.id))
        assert _rows(plain_database_url, "SELECT * FROM memory") == []
        assert await shelf.open(ana, RIGHT) is None

    _run(database_url, story)


def test_memory_ends_with_its_time(database_url: str, plain_database_url: str) -> None:
    async def story(shelf: Shelf, ana: Person, bea: Person) -> None:
        end = NOW + KEPT_FOR
        await shelf.do(lambda s: memory.forget_expired_memories(s, end - MINUTE))
        assert await shelf.open(ana, RIGHT, end - MINUTE) == PLAN
        assert await shelf.open(ana, RIGHT, end) is None
        await shelf.do(lambda s: memory.forget_expired_memories(s, end))
        assert _rows(plain_database_url, "SELECT * FROM memory") == []
        assert len(_rows(plain_database_url, "SELECT * FROM memory_try")) == 1
        week = timedelta(days=7)
        await shelf.do(lambda s: memory.forget_expired_memories(s, end + week))
        assert _rows(plain_database_url, "SELECT * FROM memory_try") == []

    _run(database_url, story)


def test_memory_outlives_exit_and_goes_with_the_person(
    database_url: str, plain_database_url: str
) -> None:
    async def story(shelf: Shelf, ana: Person, bea: Person) -> None:
        assert await shelf.open(ana, WRONG) is None
        await shelf.do(lambda s: people.forget_talk(s, ana.id))
        assert len(_rows(plain_database_url, "SELECT * FROM memory_try")) == 1
        assert await shelf.open(ana, RIGHT) == PLAN
        assert await shelf.open(ana, WRONG) is None
        await shelf.do(lambda s: people.forget_person(s, ana.id))
        for table in ("memory", "memory_try"):
            assert _rows(plain_database_url, f"SELECT * FROM {table}") == []

    _run(database_url, story)


def test_no_column_holds_the_plan_or_the_passphrase_even_with_the_persons_key(
    database_url: str, plain_database_url: str
) -> None:
    async def story(shelf: Shelf, ana: Person, bea: Person) -> None:
        [(kept,)] = _rows(plain_database_url, "SELECT kept FROM memory")
        async with shelf.desk.sessions() as session:
            inner = await memory._find_kept(session, ana.key, ana.id, NOW)
        assert isinstance(kept, bytes) and inner is not None
        for word in (PLAN, "sister", "three small boats", "boats"):
            for written in (kept, inner):
                assert word.encode() not in written
        assert len(inner) > 2048

    _run(database_url, story)
