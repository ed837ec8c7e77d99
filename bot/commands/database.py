"""One transaction for a command."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from bot.settings import Settings
from bot.store.database import connect, sessions


@asynccontextmanager
async def open_transaction(settings: Settings) -> AsyncIterator[AsyncSession]:
    """A session that commits at the end, and its connection closed after that."""
    engine = connect(settings.database_url.reveal(), pool_size=1)
    try:
        async with sessions(engine).begin() as session:
            yield session
    finally:
        await engine.dispose()
