"""What waits in the directory for whoever keeps it: a count for their first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.entries import count_entries
from bot.store.provider_answers import count_open_answers


@dataclass(frozen=True)
class DirectoryWork:
    """Entries that nobody made sure of lately, and answers of providers that wait."""

    due: int
    answers: int


async def count_work(session: AsyncSession, due_before: date) -> DirectoryWork:
    """How much waits; ``due_before`` is the day before which nobody made sure."""
    due = await count_entries(session, due_before=due_before)
    return DirectoryWork(due, await count_open_answers(session))
