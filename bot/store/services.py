"""What services are called, for whoever has only their ids."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import ServiceRow


async def find_names(session: AsyncSession, service_ids: Iterable[str]) -> dict[str, str]:
    """The names by id; services that left the directory are missing."""
    found = select(ServiceRow.id, ServiceRow.name).where(ServiceRow.id.in_(service_ids))
    return {row.id: row.name for row in await session.execute(found)}
