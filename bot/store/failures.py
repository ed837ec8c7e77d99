"""What a reply that never arrived leads to, whenever the vendor says so."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.tasks import UNREACHABLE
from bot.store import people
from bot.store.opt_outs import save_opt_out
from bot.store.tasks import save_house_task
from bot.wire.outcomes import Later, Never, Outcome, Stopped


async def follow_failure(
    session: AsyncSession, person_id: uuid.UUID, outcome: Outcome, now: datetime
) -> None:
    """An opt-out is obeyed; a person who waits in vain is told to the navigators."""
    match outcome:
        case Stopped():
            await _stop(session, person_id)
        case Later() | Never(tell=True):
            await save_house_task(session, person_id, UNREACHABLE, now)


async def _stop(session: AsyncSession, person_id: uuid.UUID) -> None:
    if person := await people.get_person(session, person_id):
        await save_opt_out(session, person.pseudonym)
        await people.forget_talk(session, person_id)
