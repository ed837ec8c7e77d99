"""Tasks of the team, what is due first; and new ones for a conversation in one's hands."""

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, is_valid
from bot.care.follow_ups import next_follow_up
from bot.care.tasks import FOLLOW_UP, OTHER, RIDE_VOUCHER, TRANSPORT
from bot.store.accesses import save_access
from bot.store.audit import save_audit
from bot.store.bookings import Booking, find_bookings
from bot.store.consents import find_consent
from bot.store.contacts import find_wishes
from bot.store.people import get_person
from bot.store.sealed import open_person
from bot.store.tables import TaskRow
from bot.store.tasks import Task, find_open_tasks, find_task, open_task_words, save_task
from bot.vault.vault import PersonKey
from console.house import House
from console.members import Member, allowed
from console.navigator.holding import Held, find_held

#: As the page lists them.
NAMES = {
    RIDE_VOUCHER: "Arrange a ride for an appointment",
    TRANSPORT: "Arrange a ride",
    FOLLOW_UP: "Ask again",
    "reminder_dropped": "A reminder could not be sent safely",
    "unreachable": "A message could not be delivered",
    OTHER: "To do",
}
#: What a navigator may write down.
OWN = (FOLLOW_UP, TRANSPORT, OTHER)
LONGEST = 300


def routes(house: House) -> APIRouter:
    """``/tasks``, and a new one under ``/people/{person_id}/tasks``."""
    router = APIRouter()
    tasks = Annotated[Member, Depends(allowed(house, "tasks"))]

    @router.get("/tasks")
    async def listing(member: tasks, whose: str = "") -> Response:
        async with house.sessions() as session:
            found = await find_open_tasks(session)
        shown = [one for one in found if _is_shown(one, member, whose)]
        return house.pages.show(
            member, "tasks.html", tasks=shown, names=NAMES, whose=whose, now=house.now()
        )

    @router.get("/tasks/{task_id}")
    async def one(member: tasks, task_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            row = await find_task(session, task_id)
            person = await get_person(session, row.person_id) if row else None
            if row is None or person is None:
                raise HTTPException(404)
            key, now = open_person(house.vault, person), house.now()
            words = open_task_words(key, row)
            rides = await _find_rides(session, key, row, member, now)
            await save_audit(session, member.id, "task_seen", now, person_id=person.id)
        return house.pages.show(
            member, "task.html", task=row, words=words, rides=rides, names=NAMES
        )

    @router.post("/tasks/{task_id}")
    async def act(member: tasks, task_id: uuid.UUID, what: Annotated[str, Form()]) -> Response:
        async with house.sessions.begin() as session:
            row = await find_task(session, task_id)
            if row is None or what not in {"take", "give", "done"}:
                raise HTTPException(404)
            row.staff_id = None if what == "give" else member.id
            row.done_at = house.now() if what == "done" else None
            await save_audit(
                session, member.id, f"task_{what}", house.now(), person_id=row.person_id,
                about=row.kind,
            )  # fmt: skip
        return RedirectResponse("/tasks", status_code=303)

    @router.post("/people/{person_id}/tasks")
    async def add(
        member: tasks, person_id: uuid.UUID, kind: Annotated[str, Form()],
        words: Annotated[str, Form(max_length=LONGEST)], due: Annotated[datetime, Form()],
    ) -> Response:  # fmt: skip
        if kind not in OWN or not words.strip():
            raise HTTPException(422)
        async with house.sessions.begin() as session:
            held = await find_held(house, session, member, person_id)
            due_at = await _find_due(house, session, held, kind, due)
            await save_task(
                session, held.key, person_id, kind, words.strip(), due_at, member.id, house.now()
            )
            await save_audit(
                session, member.id, "task_made", house.now(), person_id=person_id, about=kind
            )
        return RedirectResponse("/tasks?whose=mine", status_code=303)

    return router


def _is_shown(one: Task, member: Member, whose: str) -> bool:
    if whose == "mine":
        return one.staff_id == member.id
    return one.staff_id is None if whose == "nobody" else True


async def _find_due(
    house: House, session: AsyncSession, held: Held, kind: str, due: datetime
) -> datetime:
    """By the clock on the site's wall; a follow-up is moved into the hours that are safe.

    Raises 409 when nobody may write to this person first.
    """
    wanted = due.replace(tzinfo=house.site.timezone)
    if kind != FOLLOW_UP:
        return wanted
    wishes = await find_wishes(session, held.key, held.person.id)
    consent = await find_consent(session, held.person.id, ConsentKind.REMINDERS)
    safe = next_follow_up(wishes, is_valid(consent, house.now()), wanted)
    if safe is None:
        raise HTTPException(409)
    return safe


async def _find_rides(
    session: AsyncSession, key: PersonKey, row: TaskRow, member: Member, now: datetime
) -> list[Booking]:
    """The visits that a voucher was asked for: told for this by whoever booked, who can ask who
    saw it.
    """
    if row.kind != RIDE_VOUCHER:
        return []
    await save_access(session, key, row.person_id, member.name, "ride", now)
    return [
        one
        for one in await find_bookings(session, key, row.person_id, now)
        if one.details and one.details.transport and one.details.transport.voucher
    ]
