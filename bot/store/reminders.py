"""Reminders: ids and times, never words. What one says is made when it is due."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import ReminderRow

#: States of a reminder. A ``waiting`` one is neither sent nor dropped yet.
WAITING, SENT, DROPPED = "waiting", "sent", "dropped"


async def save_reminder(
    session: AsyncSession,
    person_id: uuid.UUID,
    about: uuid.UUID | None,
    due_at: datetime,
    useful_until: datetime,
) -> uuid.UUID:
    """A reminder of an appointment, or of nothing named. A turn that is repeated makes it once."""
    same = _waiting().where(
        ReminderRow.person_id == person_id,
        ReminderRow.about == about,
        ReminderRow.due_at == due_at,
    )
    if again := await session.scalar(same):
        return again
    row = ReminderRow(
        id=uuid.uuid4(),
        person_id=person_id,
        about=about,
        due_at=due_at,
        useful_until=useful_until,
        state=WAITING,
    )
    session.add(row)
    await session.flush()
    return row.id


async def find_due(session: AsyncSession, now: datetime) -> list[uuid.UUID]:
    """Reminders whose time has come, the longest due first."""
    due = _waiting().where(ReminderRow.due_at <= now)
    return list(await session.scalars(due.order_by(ReminderRow.due_at, ReminderRow.id)))


async def find_reminders(session: AsyncSession, person_id: uuid.UUID) -> list[ReminderRow]:
    """Every reminder of a person in any state, the next one first."""
    rows = select(ReminderRow).where(ReminderRow.person_id == person_id)
    ordered = rows.order_by(ReminderRow.due_at, ReminderRow.id)
    return list(await session.scalars(ordered, execution_options={"populate_existing": True}))


async def claim_reminder(session: AsyncSession, reminder_id: uuid.UUID) -> ReminderRow | None:
    """A reminder that still waits, held until the transaction ends, so that it is sent once.

    ``None`` when it is finished or forgotten, or when somebody else holds it.
    """
    rows = select(ReminderRow).where(ReminderRow.id == reminder_id, ReminderRow.state == WAITING)
    held = rows.with_for_update(skip_locked=True)
    return await session.scalar(held, execution_options={"populate_existing": True})


async def finish_reminder(
    session: AsyncSession, reminder_id: uuid.UUID, state: str, reason: str | None = None
) -> None:
    """Sent, or dropped for a fixed reason. What is finished stays as it was finished."""
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id == reminder_id, ReminderRow.state == WAITING)
        .values(state=state, reason=reason)
    )


async def postpone(session: AsyncSession, reminder_id: uuid.UUID, until: datetime) -> None:
    """Let a reminder that waits be due at ``until``."""
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id == reminder_id, ReminderRow.state == WAITING)
        .values(due_at=until)
    )


async def forget_reminders(
    session: AsyncSession, person_id: uuid.UUID, about: uuid.UUID | None = None
) -> None:
    """Delete a person's reminders: those about one appointment, or all of them."""
    gone = delete(ReminderRow).where(ReminderRow.person_id == person_id)
    if about is not None:
        gone = gone.where(ReminderRow.about == about)
    await session.execute(gone)


def _waiting() -> Select[uuid.UUID]:
    return select(ReminderRow.id).where(ReminderRow.state == WAITING)
