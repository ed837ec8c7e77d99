"""Durable jobs, put into the queue in the transaction of the change that needs them."""

from __future__ import annotations

import json
import uuid
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

TURN, DELIVER, ERASE, PUBLISH, SIGN = "turn", "deliver", "erase", "publish", "sign"
RELEASE, REHEARSE = "release", "rehearse"

_DEFER = text(
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW("
    ":queue, :task, 0, :lock, NULL, cast(:args AS jsonb), cast(:at AS timestamptz)"
    ")::procrastinate_job_to_defer_v1])"
)

_BUSY = text(
    "SELECT lock FROM procrastinate_jobs WHERE task_name = :task AND status IN ('todo', 'doing')"
)


async def save_turn(session: AsyncSession, person_id: uuid.UUID) -> None:
    """A job that takes every open turn of a person, one person's jobs one after another."""
    await _save(session, TURN, f"turn:{person_id}", {"person_id": str(person_id)})


async def save_delivery(session: AsyncSession, person_id: uuid.UUID) -> None:
    """A job that delivers every open reply of a person, in the order they were written."""
    await _save(session, DELIVER, f"deliver:{person_id}", {"person_id": str(person_id)})


async def save_erasure(session: AsyncSession, person_id: uuid.UUID) -> None:
    """A job that takes a person's messages off the vendor, behind what is being delivered."""
    await _save(session, ERASE, f"deliver:{person_id}", {"person_id": str(person_id)})


async def save_sign(session: AsyncSession, person_id: uuid.UUID) -> None:
    """A job that shows a person that somebody writes; no message waits behind it."""
    await _save(session, SIGN, f"sign:{person_id}", {"person_id": str(person_id)})


async def save_publication(session: AsyncSession, booking_id: uuid.UUID) -> None:
    """A job that makes the provider's calendar say of a booking what the database says."""
    await _save(session, PUBLISH, f"publish:{booking_id}", {"booking_id": str(booking_id)})


async def save_release_job(session: AsyncSession, release_id: str, at: datetime | None) -> None:
    """A job that puts a release in use, from ``at`` on; one after another. Without an id it puts
    back the content that came with the code.
    """
    await _save(session, RELEASE, RELEASE, {"release_id": release_id}, at)


async def save_rehearsal_job(session: AsyncSession, rehearsal_id: uuid.UUID) -> None:
    """A job that plays a conversation before anybody has it; one after another."""
    await _save(session, REHEARSE, REHEARSE, {"rehearsal_id": str(rehearsal_id)})


async def find_busy_people(session: AsyncSession) -> set[uuid.UUID]:
    """Everyone who has a turn job that runs or will run."""
    locks = await session.scalars(_BUSY, {"task": TURN})
    return {uuid.UUID(lock.removeprefix(f"{TURN}:")) for lock in locks}


async def _save(
    session: AsyncSession, task: str, lock: str, ids: dict[str, str], at: datetime | None = None
) -> None:
    """Each task has the queue of its name. The arguments are ids and nothing else."""
    values = {"queue": task, "task": task, "lock": lock, "args": json.dumps(ids), "at": at}
    await session.execute(_DEFER, values)
