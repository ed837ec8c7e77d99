"""Whether services helped: counted without the people who said so."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import OutcomeRow

#: Answers older than this say little about a service as it is now.
COUNTS_FOR = timedelta(days=365)
#: So many answers make a record; fewer move nothing, and are shown to nobody.
FEWEST_ANSWERS = 3
#: Share of people turned away from which a service is to be looked at.
WORRYING = 0.3
#: What the journey ``helped`` calls it, and what is counted. Not having gone yet counts nothing.
_HELPED = {"yes": "helped", "some": "some", "no": "not"}
#: Reasons that say something of the service, and not of the person's own plans.
TURNED_AWAY = frozenset({"closed", "turned_away", "language", "unsafe"})


@dataclass(frozen=True)
class Record:
    """Answers about one service: how many, and how many of them were good or bad."""

    answers: int
    helped: int
    turned_away: int


async def save_outcome(session: AsyncSession, answers: Mapping[str, str], now: datetime) -> None:
    """Count one answer about the service ``place``; without one, or undecided, nothing."""
    answer = _answer(answers)
    if answer is None or not answers.get("place"):
        return
    row = OutcomeRow(
        id=uuid.uuid4(),
        service_id=answers["place"],
        answer=answer,
        reason=answers.get("why_not") or answers.get("why_no_help"),
        month=now.date().replace(day=1),
    )
    session.add(row)
    await session.flush()


async def find_records(
    session: AsyncSession, service_ids: Sequence[str], now: datetime
) -> dict[str, Record]:
    """What was answered about each of these services within a year."""
    helped = cast(OutcomeRow.answer.in_(("helped", "some")), Integer)
    away = cast(OutcomeRow.reason.in_(TURNED_AWAY), Integer)
    counted = (
        select(OutcomeRow.service_id, func.count(), func.sum(helped), func.sum(away))
        .where(OutcomeRow.service_id.in_(service_ids))
        .where(OutcomeRow.month >= (now - COUNTS_FOR).date())
        .group_by(OutcomeRow.service_id)
    )
    return {
        service_id: Record(answers, good or 0, bad or 0)
        for service_id, answers, good, bad in await session.execute(counted)
    }


async def find_worrying(session: AsyncSession, now: datetime) -> dict[str, Record]:
    """Services that turn away a worrying share of those who go there, for the admins."""
    ids = list(await session.scalars(select(OutcomeRow.service_id).distinct()))
    records = await find_records(session, ids, now)
    return {
        service_id: record
        for service_id, record in records.items()
        if record.answers >= FEWEST_ANSWERS and record.turned_away / record.answers >= WORRYING
    }


def _answer(answers: Mapping[str, str]) -> str | None:
    if answers.get("went") == "yes":
        return _HELPED.get(answers.get("helped", ""))
    return "did_not_go" if answers.get("went") == "no" else None
