"""People at the desk and the figures behind them, for tests of their pages and stores."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice
from bot.store.claims import claim_handoff
from bot.store.handoffs import Call, save_choice, save_handoff
from bot.store.tables import ClosedHandoffRow, StaffRow
from tests.appointments.desk import NOW, Desk, open_desk


async def hire(session: AsyncSession, name: str = "Nora", **more: object) -> uuid.UUID:
    """A navigator, unless ``more`` says otherwise."""
    staff_id = uuid.uuid4()
    values = {"role": "navigator", "languages": ["en"], "caseload": 5, **more}
    session.add(
        StaffRow(
            id=staff_id, email=f"{staff_id}@staff.example", name=name, password_hash="", **values
        )
    )
    await session.flush()
    return staff_id


async def close(
    session: AsyncSession, staff_id: uuid.UUID | None, ended_at: datetime, minutes: int = 20,
    **more: object,
) -> None:  # fmt: skip
    """A conversation that ended then."""
    values = {"danger": False, "topics": [], "practice": False, **more}
    claimed_at = ended_at - timedelta(minutes=minutes)
    session.add(
        ClosedHandoffRow(
            id=uuid.uuid4(), reasons=["human"], how="now", language="en", channel="sms", team="",
            staff_id=staff_id, called_at=claimed_at, claimed_at=claimed_at, ended_at=ended_at,
            ending="returned", messages=4, **values,
        )
    )  # fmt: skip
    await session.flush()


async def claim(desk: Desk, number: int, staff_id: uuid.UUID) -> uuid.UUID:
    """The ``number``-th person calls and is claimed; their id."""
    person = await desk.meet(number)
    async with desk.sessions.begin() as session:
        row = await save_handoff(session, person.key, person.id, Call("human", "en"), NOW)
        await save_choice(session, person.key, row, Choice.NOW, None)
        assert await claim_handoff(session, person.id, staff_id, NOW)
    return person.id


def run(url: str, story: Callable[[Desk], Awaitable[None]]) -> None:
    """One story on a database of its own."""

    async def tell() -> None:
        async with open_desk(url) as desk:
            await story(desk)

    asyncio.run(tell())
