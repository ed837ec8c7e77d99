"""Jobs of a worker that died are put back, to run as if they never had."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

#: Seconds until a worker that gives no sign of life is taken for dead.
DEAD_AFTER = 6.0


async def rescue_stalled(manager: JobManager) -> None:
    """Put back every job that a dead worker had in hand, each for itself.

    A job that cannot be put back now stays as it is until the next look, and holds up no other.
    """
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
        # The worker was only slow, and has ended the job since.
        with contextlib.suppress(ConnectorException):
            await _put_back(manager, job)


async def _put_back(manager: JobManager, job: Job) -> None:
    """Of jobs that wait alike the queue takes one; where one waits already, that one will do."""
    try:
        await manager.retry_job(job, retry_at=datetime.now(UTC))
    except UniqueViolation:
        await manager.finish_job(job, Status.FAILED, delete_job=True)
