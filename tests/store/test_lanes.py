"""Turns on a vendor's lanes are handed out evenly, to everybody, over many workers."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import psycopg

from bot.store.database import connect, sessions
from bot.store.lanes import forget_free_lanes, reserve_turn
from bot.vault.keyring import Keyring
from bot.vault.vault import Vault
from bot.wire.lanes import Lane

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
VAULT = Vault(lambda: Keyring({1: b"m" * 32}, 1, b"l" * 32))
ALL = Lane("vendor", 30)


def _chat(name: str) -> tuple[Lane, Lane]:
    return ALL, Lane(f"vendor:{name}", 1)


def _reserve(url: str, wanted: Sequence[tuple[Lane, ...]], cost: int = 1) -> list[float]:
    """Seconds until each turn, all asked for at once."""

    async def ask() -> list[float]:
        engine = connect(url, pool_size=10)
        make = sessions(engine)

        async def one(lanes: tuple[Lane, ...]) -> datetime:
            async with make.begin() as session:
                return await reserve_turn(session, VAULT, lanes, cost, NOW)

        turns = await asyncio.gather(*(one(lanes) for lanes in wanted))
        await engine.dispose()
        return [(turn - NOW).total_seconds() for turn in turns]

    return asyncio.run(ask())


def test_no_second_holds_more_than_the_lane_lets_through(database_url: str) -> None:
    turns = sorted(_reserve(database_url, [_chat(str(n)) for n in range(90)]))
    assert turns[0] == 0
    gaps = [later - sooner for sooner, later in itertools.pairwise(turns)]
    assert all(abs(gap - 1 / 30) < 1e-3 for gap in gaps)


def test_a_busy_chat_waits_alone(database_url: str) -> None:
    busy = sorted(_reserve(database_url, [_chat("busy")] * 20))
    assert all(later - sooner > 0.999 for sooner, later in itertools.pairwise(busy))
    assert _reserve(database_url, [_chat("calm")])[0] < 1


def test_a_long_text_takes_the_room_of_several(database_url: str) -> None:
    lane = (Lane("number", 1),)
    assert _reserve(database_url, [lane], cost=3) == [0]
    assert _reserve(database_url, [lane]) == [3]


def test_a_lane_is_kept_by_a_keyed_hash_and_only_while_it_is_full(
    database_url: str, plain_database_url: str
) -> None:
    _reserve(database_url, [_chat("123456789")])
    with psycopg.connect(plain_database_url) as connection:
        assert "123456789" not in str(connection.execute("SELECT * FROM lane").fetchall())

    async def forget() -> None:
        engine = connect(database_url)
        async with sessions(engine).begin() as session:
            await forget_free_lanes(session, NOW + timedelta(hours=1))
        await engine.dispose()

    asyncio.run(forget())
    with psycopg.connect(plain_database_url) as connection:
        assert connection.execute("SELECT * FROM lane").fetchall() == []
