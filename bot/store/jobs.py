"""Durable jobs, put into the queue in the transaction of the change that needs them."""

from __future__ import annotations

import json
import uuid

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

TURN, DELIVER = "turn", "deliver"

_DEFER = text(
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW("
    ":queue, :task, 0, :lock, NULL, cast(:args AS jsonb), NULL"
    ")::procrastinate_job_to_defer_v1])"
)


async def save_turn(session: AsyncSession, person_id: uuid.UUID) -> None:
    """A job that takes every open turn of a person, one person's jobs one after another."""
    await _save(session, TURN, f"turn:{person_id}", {"person_id": str(person_id)})


async def save_delivery(session: AsyncSession, person_id: uuid.UUID, outbox_id: uuid.UUID) -> None:
    """A job that delivers one reply, in the order the replies were written."""
    ids = {"person_id": str(person_id), "outbox_id": str(outbox_id)}
    await _save(session, DELIVER, f"deliver:{person_id}", ids)


async def _save(session: AsyncSession, task: str, lock: str, ids: dict[str, str]) -> None:
    """Each task has the queue of its name. The arguments are ids and nothing else."""
    values = {"queue": task, "task": task, "lock": lock, "args": json.dumps(ids)}
    await session.execute(_DEFER, values)
