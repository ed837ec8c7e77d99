"""A worker dies with jobs in hand: another one takes all of them up."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import psycopg
import pytest
from procrastinate import App
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from bot.settings import Settings
from bot.store.jobs import save_turn
from worker.house import House, build
from worker.queue import build_queue, save_sync
from worker.rehearsal.stage import Stage
from worker.rescue import rescue_stalled

_AGE = """
    UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour' WHERE id = %(id)s
"""
_JOBS = "SELECT task_name, status::text, attempts FROM procrastinate_jobs ORDER BY id"

Work = Callable[[House, App], Awaitable[None]]


@pytest.fixture
def run(settings: Settings) -> Callable[[Work], None]:
    """Runs in a worker's house with its queue."""

    def run(work: Work) -> None:
        async def inside() -> None:
            house = build(settings)
            queue = build_queue(house, Stage(settings))
            async with queue.open_async():
                await work(house, queue)
            await house.engine.close()
            await house.database.dispose()

        asyncio.run(inside())

    return run


def test_a_job_whose_twin_waits_ends_and_holds_up_nobody(
    run: Callable[[Work], None], settings: Settings
) -> None:
    async def work(house: House, queue: App) -> None:
        await save_sync(queue)
        await _add_turns(house, 2)
        await _die_with(queue, jobs=3)
        await save_sync(queue)  # as every worker does when it starts
        await rescue_stalled(queue.job_manager)
        assert _read_jobs(settings) == [
            ("turn", "todo", 1),
            ("turn", "todo", 1),
            ("sync_calendars", "todo", 0),
        ]

    run(work)


def test_a_job_that_ended_meanwhile_holds_up_nobody(
    run: Callable[[Work], None], settings: Settings
) -> None:
    async def work(house: House, queue: App) -> None:
        await _add_turns(house, 2)
        await _die_with(queue, jobs=2)
        await rescue_stalled(SlowWorker(queue.job_manager.connector))
        assert _read_jobs(settings) == [("turn", "todo", 1)]

    run(work)


class SlowWorker(JobManager):
    """A queue whose worker was only slow: its first job ends while another worker looks."""

    async def get_stalled_jobs(self, *args: Any, **kwargs: Any) -> Iterable[Job]:
        """As ever, and then the first of them ends."""
        jobs = sorted(await super().get_stalled_jobs(*args, **kwargs), key=lambda job: job.id or 0)
        await self.finish_job(jobs[0], Status.SUCCEEDED, delete_job=True)
        return jobs


async def _add_turns(house: House, count: int) -> None:
    async with house.sessions.begin() as session:
        for _ in range(count):
            await save_turn(session, uuid.uuid4())


async def _die_with(queue: App, jobs: int) -> None:
    """A worker takes so many jobs, and is not heard of for an hour."""
    worker = await queue.job_manager.register_worker()
    for _ in range(jobs):
        assert await queue.job_manager.fetch_job(queues=None, worker_id=worker)
    await queue.connector.execute_query_async(_AGE, id=worker)


def _read_jobs(settings: Settings) -> list[tuple[str, str, int]]:
    with psycopg.connect(settings.database_url.reveal()) as connection:
        return connection.execute(_JOBS).fetchall()
