"""The job queue: which jobs there are, how they are retried, who sweeps behind them."""

from __future__ import annotations

import contextlib
import os
import uuid
from datetime import UTC, datetime, timedelta

import procrastinate
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

from bot.appointments.calendars import load_calendars
from bot.store.jobs import DELIVER, ERASE, PUBLISH, REHEARSE, RELEASE, SIGN, TURN
from worker.calendar_door import CalendarDoor
from worker.calendars import publish_booking, sync_calendars
from worker.deliver import deliver_replies
from worker.desk_silence import mind_desk
from worker.erase import erase_traces
from worker.errors import TryLater
from worker.house import House
from worker.rehearsal.second_look import SecondLook
from worker.rehearsal.stage import Stage
from worker.rehearse import rehearse
from worker.release import put_in_use, put_shipped_in_use
from worker.remind import send_reminders
from worker.rescue import rescue_stalled
from worker.sign import show_sign
from worker.sweep import forget_due, wake_waiting
from worker.turn import take_turns

#: Seconds between a worker's signs of life.
HEARTBEAT = 2.0
SWEEP, SYNC = "sweep", "sync_calendars"
EVERY_FIVE_SECONDS = "* * * * * */5"
EVERY_MINUTE = "* * * * *"
EVERY_FIVE_MINUTES = "*/5 * * * *"
LONGEST_WAIT = 300


class Backoff(BaseRetryStrategy):
    """Twice the time after every failure, up to five minutes, for as long as it takes."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        """When to try ``job`` again: when the vendor said, if it did."""
        seconds = exception.seconds if isinstance(exception, TryLater) else None
        wait = min(LONGEST_WAIT, 2 ** min(job.attempts, 9)) if seconds is None else seconds
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=wait))


def build_queue(house: House, stage: Stage) -> procrastinate.App:
    """The queue with every job of the house. Drafts are played on ``stage``."""
    connector = procrastinate.PsycopgConnector(
        conninfo=house.settings.database_url.reveal(), min_size=1, max_size=6
    )
    queue = procrastinate.App(connector=connector)
    _add_messages(queue, house)
    _add_calendars(queue, house)
    _add_releases(queue, house, stage)
    _add_sweeps(queue, house)
    return queue


async def save_sync(queue: procrastinate.App) -> None:
    """A job that reads the calendars now, and not only when their five minutes come round.

    It is the same job as theirs, so that no two workers read them at once.
    """
    with contextlib.suppress(AlreadyEnqueued):
        await queue.tasks[SYNC].defer_async(timestamp=int(datetime.now(UTC).timestamp()))


def _add_messages(queue: procrastinate.App, house: House) -> None:
    @queue.task(name=TURN, queue=TURN, retry=Backoff())
    async def turn(person_id: str) -> None:
        await take_turns(house, uuid.UUID(person_id))

    @queue.task(name=DELIVER, queue=DELIVER, retry=Backoff())
    async def deliver(person_id: str) -> None:
        await deliver_replies(house, uuid.UUID(person_id))

    @queue.task(name=ERASE, queue=ERASE, retry=Backoff())
    async def erase(person_id: str) -> None:
        await erase_traces(house, uuid.UUID(person_id))

    @queue.task(name=SIGN, queue=SIGN)
    async def sign(person_id: str) -> None:
        await show_sign(house, uuid.UUID(person_id))


def _add_calendars(queue: procrastinate.App, house: House) -> None:
    """A site whose calendars are described wrongly cannot start."""
    load_calendars(house.site)
    door = CalendarDoor(os.environ)

    @queue.task(name=PUBLISH, queue=PUBLISH, retry=Backoff())
    async def publish(booking_id: str) -> None:
        await publish_booking(house, uuid.UUID(booking_id), door)

    @queue.periodic(cron=EVERY_FIVE_MINUTES)
    @queue.task(name=SYNC, queue=SYNC, queueing_lock=SYNC, lock=SYNC)
    async def sync(timestamp: int) -> None:
        await sync_calendars(house, door)


def _add_releases(queue: procrastinate.App, house: House, stage: Stage) -> None:
    @queue.task(name=RELEASE, queue=RELEASE, retry=Backoff())
    async def release(release_id: str) -> None:
        if release_id:
            await put_in_use(house, uuid.UUID(release_id), SecondLook(house, stage))
        else:
            await put_shipped_in_use(house)

    @queue.task(name=REHEARSE, queue=REHEARSE, retry=Backoff())
    async def rehearsal(rehearsal_id: str) -> None:
        await rehearse(house, stage, uuid.UUID(rehearsal_id))


def _add_sweeps(queue: procrastinate.App, house: House) -> None:
    @queue.periodic(cron=EVERY_FIVE_SECONDS)
    @queue.task(name="wake", queue=SWEEP, queueing_lock="wake", pass_context=False)
    async def wake(timestamp: int) -> None:
        await rescue_stalled(queue.job_manager)
        await wake_waiting(house)

    @queue.periodic(cron=EVERY_MINUTE)
    @queue.task(name="remind", queue=SWEEP, queueing_lock="remind")
    async def remind(timestamp: int) -> None:
        await send_reminders(house)

    @queue.periodic(cron=EVERY_MINUTE)
    @queue.task(name="mind_desk", queue=SWEEP, queueing_lock="mind_desk")
    async def mind(timestamp: int) -> None:
        await mind_desk(house)

    @queue.periodic(cron=EVERY_MINUTE)
    @queue.task(name="forget_due", queue=SWEEP, queueing_lock="forget_due")
    async def forget(timestamp: int) -> None:
        await forget_due(house)
