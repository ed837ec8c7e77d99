"""News for the staff's screens, by PostgreSQL's own notifications."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

#: The channel on which the console hears that something of a person changed.
DESK_NEWS = "waymark_desk"


async def tell_desk(session: AsyncSession, person_id: uuid.UUID) -> None:
    """Wake the screens that show this person, and the queue, when the transaction commits."""
    await session.execute(select(func.pg_notify(DESK_NEWS, str(person_id))))
