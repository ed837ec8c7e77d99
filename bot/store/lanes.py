"""Turns on a vendor's lanes: first come, first served, over all workers and restarts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import LaneRow
from bot.vault.vault import Vault
from bot.wire.lanes import Lane


async def reserve_turn(
    session: AsyncSession, vault: Vault, lanes: Sequence[Lane], cost: int, now: datetime
) -> datetime:
    """The moment from which a message of ``cost`` units may leave on all of ``lanes``.

    The widest lane comes first, so that one that is full holds up nobody but its own.
    """
    moment = now
    for lane in lanes:
        moment = await _reserve(session, vault.pseudonym("lane", lane.name), lane, cost, moment)
    return moment


async def take_free_turn(session: AsyncSession, vault: Vault, lane: Lane, now: datetime) -> bool:
    """Take a turn on ``lane`` if it is free now; ``False`` when it is not, and nothing waits."""
    values = {"free_at": now + timedelta(seconds=1 / lane.per_second)}
    taken = await session.scalar(
        insert(LaneRow)
        .values(name=vault.pseudonym("lane", lane.name), **values)
        .on_conflict_do_update(index_elements=["name"], set_=values, where=LaneRow.free_at <= now)
        .returning(LaneRow.name)
    )
    return taken is not None


async def forget_free_lanes(session: AsyncSession, now: datetime) -> None:
    """A lane that is free needs no record."""
    await session.execute(delete(LaneRow).where(LaneRow.free_at < now))


async def _reserve(
    session: AsyncSession, name: bytes, lane: Lane, cost: int, earliest: datetime
) -> datetime:
    takes = timedelta(seconds=cost / lane.per_second)
    free = func.greatest(LaneRow.free_at, earliest) + takes
    taken = await session.scalar(
        insert(LaneRow)
        .values(name=name, free_at=earliest + takes)
        .on_conflict_do_update(index_elements=["name"], set_={"free_at": free})
        .returning(LaneRow.free_at)
    )
    assert isinstance(taken, datetime)
    return taken - takes
