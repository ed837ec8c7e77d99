"""The end of a handoff: its content goes, its figures stay."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Ending
from bot.store.desk_news import tell_desk
from bot.store.tables import (
    ClosedHandoffRow,
    DraftRow,
    HandoffRow,
    OutboxRow,
    PersonRow,
    PrivateNoteRow,
    SaidRow,
)
from bot.store.tables.outbox import PENDING, SENDING

#: What is said, noted and typed belongs to one handoff and goes with it.
_CONTENT = (SaidRow, PrivateNoteRow, DraftRow)
#: After these a navigator's answer may still go out.
_LET_ANSWERS_GO = {Ending.RETURNED, Ending.ANSWERED}
_HAS_NOT_LEFT = exists().where(
    OutboxRow.id == SaidRow.outbox_id, OutboxRow.state.in_((PENDING, SENDING))
)
#: The newest of these tell how long people wait.
_RECENT = 20
_WITHIN = timedelta(days=14)


async def close_handoff(
    session: AsyncSession, person_id: uuid.UUID, ending: Ending, now: datetime
) -> None:
    """End the handoff of a person, if there is one, and erase all that was said in it.

    What a navigator wrote and has not left yet stays known as theirs, for it still waits for an
    hour that is safe; only EXIT and its like end that too.
    """
    row = await session.get(HandoffRow, person_id)
    if row is not None:
        session.add(await _figures(session, row, ending, now))
        await session.delete(row)
    for content in _CONTENT:
        gone = delete(content).where(content.person_id == person_id)
        waits = content is SaidRow and ending in _LET_ANSWERS_GO
        await session.execute(gone.where(~_HAS_NOT_LEFT) if waits else gone)
    await session.flush()
    if row is not None:
        await tell_desk(session, person_id)


async def find_usual_wait(session: AsyncSession, now: datetime) -> timedelta | None:
    """How long half of the people who lately wished to talk waited at most; ``None`` if unknown."""
    waits = (
        select((ClosedHandoffRow.claimed_at - ClosedHandoffRow.called_at).label("wait"))
        .where(ClosedHandoffRow.how == "now", ClosedHandoffRow.practice.is_(False))
        .where(ClosedHandoffRow.claimed_at.is_not(None), ClosedHandoffRow.ended_at > now - _WITHIN)
        .order_by(ClosedHandoffRow.ended_at.desc())
        .limit(_RECENT)
        .subquery()
    )
    median = func.percentile_cont(0.5).within_group(waits.c.wait)
    found: timedelta | None = await session.scalar(select(median))
    return found


async def _figures(
    session: AsyncSession, row: HandoffRow, ending: Ending, now: datetime
) -> ClosedHandoffRow:
    channel = select(PersonRow.channel).where(PersonRow.id == row.person_id)
    said = select(func.count()).where(SaidRow.person_id == row.person_id, SaidRow.who != "house")
    return ClosedHandoffRow(
        id=uuid.uuid4(),
        reasons=row.reasons,
        topics=row.topics,
        danger=row.danger,
        how=row.how,
        language=row.language,
        channel=await session.scalar(channel) or "",
        team=row.team,
        practice=row.practice is not None,
        staff_id=row.claimed_by,
        called_at=row.called_at,
        claimed_at=row.claimed_at,
        ended_at=now,
        ending=ending.value,
        messages=await session.scalar(said) or 0,
    )
