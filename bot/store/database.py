"""The way to the database: an engine per process, a session per transaction."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

Sessions = async_sessionmaker[AsyncSession]


def driver_url(url: str) -> str:
    """``url`` as SQLAlchemy wants it, with the driver named."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def connect(url: str, *, pool_size: int = 5) -> AsyncEngine:
    """An engine for ``url``. Statements' values never reach a log or an error text."""
    return create_async_engine(
        driver_url(url), pool_size=pool_size, pool_pre_ping=True, hide_parameters=True
    )


def sessions(engine: AsyncEngine) -> Sessions:
    """A factory of sessions whose rows stay readable after the commit."""
    return async_sessionmaker(engine, expire_on_commit=False)
