"""Tasks of the team: asked for by the house or by a navigator, done once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.desk_news import tell_desk
from bot.store.sealed import seal, unseal
from bot.store.tables import StaffRow, TaskRow
from bot.vault.vault import PersonKey


@dataclass(frozen=True)
class Task:
    """One open task, without its words. ``staff`` is who does it, empty while nobody does."""

    id: uuid.UUID
    person_id: uuid.UUID
    kind: str
    due_at: datetime
    staff_id: uuid.UUID | None
    staff: str


async def save_house_task(
    session: AsyncSession, person_id: uuid.UUID, kind: str, now: datetime
) -> None:
    """The house asks the team for something; while it is open, asking again changes nothing."""
    await session.execute(
        insert(TaskRow)
        .values(id=uuid.uuid4(), person_id=person_id, kind=kind, due_at=now, made_at=now)
        .on_conflict_do_nothing(
            index_elements=["person_id", "kind"],
            index_where=text("done_at IS NULL AND made_by IS NULL"),
        )
    )
    await tell_desk(session, person_id)


async def save_task(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, kind: str, untrusted_words: str,
    due_at: datetime, made_by: uuid.UUID, now: datetime,
) -> None:  # fmt: skip
    """A navigator writes down what has to be done, and does it until somebody else takes it."""
    task_id = uuid.uuid4()
    session.add(
        TaskRow(
            id=task_id,
            person_id=person_id,
            kind=kind,
            words=seal(key, TaskRow, "words", task_id, untrusted_words),
            due_at=due_at,
            staff_id=made_by,
            made_by=made_by,
            made_at=now,
        )
    )
    await session.flush()


async def find_open_tasks(session: AsyncSession) -> list[Task]:
    """Everything that is still to be done, what is due first."""
    found = (
        select(TaskRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == TaskRow.staff_id)
        .where(TaskRow.done_at.is_(None))
        .order_by(TaskRow.due_at, TaskRow.id)
    )
    return [
        Task(row.id, row.person_id, row.kind, row.due_at, row.staff_id, staff or "")
        for row, staff in await session.execute(found)
    ]


async def find_task(session: AsyncSession, task_id: uuid.UUID) -> TaskRow | None:
    """One task that is still to be done, held until the transaction ends."""
    row = await session.get(TaskRow, task_id, with_for_update=True)
    return row if row is not None and row.done_at is None else None


def open_task_words(key: PersonKey, row: TaskRow) -> str:
    """What a navigator wrote down; empty for what the house asks for."""
    return unseal(key, TaskRow, "words", row.id, row.words) if row.words is not None else ""
