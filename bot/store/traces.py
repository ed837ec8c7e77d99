"""What to take off a vendor's screens when a person leaves: kept sealed, and not for long."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.sealed import seal, unseal
from bot.store.tables import PersonRow, TraceRow
from bot.vault.vault import PersonKey

#: Telegram lets a message be deleted for so long: https://core.telegram.org/bots/api#deletemessages
ERASABLE = timedelta(hours=48)
#: As many as one call to a vendor may name.
BATCH = 100


async def save_trace(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, place: str
) -> None:
    """Remember that the vendor shows a message at ``place``."""
    trace_id = uuid.uuid4()
    sealed = seal(key, TraceRow, "place", trace_id, place)
    session.add(TraceRow(id=trace_id, person_id=person_id, place=sealed))
    await session.flush()


async def find_traces(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, most: int = BATCH
) -> dict[uuid.UUID, str]:
    """The next traces of a person in clear, the newest first."""
    newest = (
        select(TraceRow)
        .where(TraceRow.person_id == person_id)
        .order_by(TraceRow.kept_at.desc(), TraceRow.id)
        .limit(most)
    )
    return {
        row.id: unseal(key, TraceRow, "place", row.id, row.place)
        for row in await session.scalars(newest)
    }


async def has_traces(session: AsyncSession, person_id: uuid.UUID) -> bool:
    """Whether anything of a person can still be taken off."""
    return bool(await session.scalar(select(exists().where(TraceRow.person_id == person_id))))


async def forget_traces(session: AsyncSession, trace_ids: Collection[uuid.UUID]) -> None:
    """These are off the screen."""
    await session.execute(delete(TraceRow).where(TraceRow.id.in_(trace_ids)))


async def forget_old_traces(session: AsyncSession, now: datetime) -> None:
    """Nothing so old can be taken off any more."""
    await session.execute(delete(TraceRow).where(TraceRow.kept_at < now - ERASABLE))


async def find_people_with_traces(
    session: AsyncSession, channel: str, before: datetime
) -> list[uuid.UUID]:
    """Everyone on ``channel`` with a trace from before ``before``."""
    due = (
        select(TraceRow.person_id)
        .join(PersonRow, PersonRow.id == TraceRow.person_id)
        .where(PersonRow.channel == channel, TraceRow.kept_at < before)
        .distinct()
    )
    return list(await session.scalars(due))
