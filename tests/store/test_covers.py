"""A cover is kept sealed, outlives EXIT, and goes with the person."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from bot.store import covers, people
from bot.store.covers import ChosenCover
from tests.appointments.desk import Desk, Person, open_desk

WORD = "blue heron"


async def _see(desk: Desk, person: Person) -> ChosenCover | None:
    async with desk.sessions() as session:
        return await covers.find_cover(session, person.key, person.id)


async def _choose(desk: Desk, person: Person, name: str = "library", word: str = WORD) -> None:
    async with desk.sessions.begin() as session:
        await covers.save_cover(session, person.key, person.id, name, word)


def test_a_cover_is_chosen_locked_opened_and_given_up(database_url: str) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana, bea = await desk.meet(1), await desk.meet(2)
            await _choose(desk, ana)
            assert await _see(desk, ana) == ChosenCover("library", WORD, locked=False)
            async with desk.sessions.begin() as session:
                assert await covers.lock_cover(session, ana.id)
                assert not await covers.lock_cover(session, bea.id)
            assert await _see(desk, ana) == ChosenCover("library", WORD, locked=True)
            assert await _see(desk, bea) is None
            async with desk.sessions.begin() as session:
                assert await covers.unlock_cover(session, ana.id)
            assert await _see(desk, ana) == ChosenCover("library", WORD, locked=False)
            async with desk.sessions.begin() as session:
                await covers.lock_cover(session, ana.id)
            await _choose(desk, ana, "weather", "red door")
            assert await _see(desk, ana) == ChosenCover("weather", "red door", locked=False)
            async with desk.sessions.begin() as session:
                await covers.forget_cover(session, ana.id)
            assert await _see(desk, ana) is None

    asyncio.run(story())


def test_a_cover_outlives_exit_and_goes_with_the_person(
    database_url: str, plain_database_url: str
) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana = await desk.meet()
            await _choose(desk, ana)
            async with desk.sessions.begin() as session:
                await covers.lock_cover(session, ana.id)
                await people.forget_talk(session, ana.id)
            assert await _see(desk, ana) == ChosenCover("library", WORD, locked=True)
            async with desk.sessions.begin() as session:
                await people.forget_person(session, ana.id)

    asyncio.run(story())
    with psycopg.connect(plain_database_url) as connection:
        assert connection.execute("SELECT * FROM cover").fetchall() == []


def test_neither_the_story_nor_the_code_word_can_be_read(
    database_url: str, plain_database_url: str
) -> None:
    async def story() -> None:
        async with open_desk(database_url) as desk:
            ana = await desk.meet()
            await _choose(desk, ana)
            chosen = await _see(desk, ana)
            assert WORD not in repr(chosen)
            with pytest.raises(ValueError, match="casino"):
                await _choose(desk, ana, "casino")

    asyncio.run(story())
    with psycopg.connect(plain_database_url) as connection:
        row = connection.execute("SELECT story::text, locked FROM cover").fetchone()
    assert row is not None
    kept = bytes.fromhex(row[0].removeprefix("\\x"))
    assert b"library" not in kept and b"heron" not in kept
