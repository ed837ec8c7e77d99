"""Run the worker until it is asked to stop; jobs in hand are finished first."""

from __future__ import annotations

import asyncio
import os

from bot.logs import start_logs
from bot.settings import Settings, load
from worker.doors import open_doors
from worker.house import CONCURRENCY, build
from worker.queue import HEARTBEAT, build_queue, save_sync
from worker.rehearsal.stage import Stage
from worker.rescue import DEAD_AFTER

#: Seconds that jobs in hand may take to end.
GRACE = 10.0
#: Seconds. News of a job comes at once; this is for one that waited for another of its person.
POLLING = 0.5


async def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT."""
    house = build(settings)
    stage = Stage(settings)
    queue = build_queue(house, stage)
    doors = asyncio.create_task(open_doors(house))
    async with queue.open_async():
        await save_sync(queue)
        await queue.run_worker_async(
            concurrency=CONCURRENCY,
            delete_jobs="successful",
            fetch_job_polling_interval=POLLING,
            shutdown_graceful_timeout=GRACE,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=DEAD_AFTER,
        )
    doors.cancel()
    await stage.close()
    await house.engine.close()
    await house.database.dispose()


if __name__ == "__main__":
    start_logs("worker")
    asyncio.run(run(load(os.environ)))
