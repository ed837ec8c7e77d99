"""Where people get stuck, as admins see it: counts of many, and never of a few."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.step_counts import LEFT, MISUNDERSTOOD, count_step, forget_old_counts
from bot.store.tables import StepCountRow
from tests.console.conftest import Office

NOW = datetime.now(UTC)


def count(office: Office, step: str, what: str, times: int, now: datetime = NOW) -> None:
    async def save(session: AsyncSession) -> None:
        for _ in range(times):
            await count_step(session, step, what, now)

    office.do(save)


def test_many_are_shown_and_few_are_not(office: Office) -> None:
    ada = office.sign_in("admin")
    assert "Nowhere often enough" in ada.get("/conversation/stuck").text
    count(office, "place", MISUNDERSTOOD, 10)
    count(office, "safety_plan/now_signs", MISUNDERSTOOD, 11)
    count(office, "safety_plan/now_signs", LEFT, 10)
    count(office, "need", LEFT, 12)
    count(office, "go_on", LEFT, 30, NOW - timedelta(days=200))
    page = ada.get("/conversation/stuck").text
    assert "<td>11</td>\n<td>few or none</td>" in page
    assert "<td>few or none</td>\n<td>12</td>" in page
    assert "Where should I look?" not in page and "OK to go on?" not in page
    assert 'href="/conversation/journeys/safety_plan"' in page and "now signs" in page


def test_old_counts_are_forgotten(office: Office) -> None:
    count(office, "need", LEFT, 2)
    count(office, "need", LEFT, 3, NOW - timedelta(days=400))

    async def forget(session: AsyncSession) -> int | None:
        await forget_old_counts(session, NOW)
        return await session.scalar(select(func.count()).select_from(StepCountRow))

    assert office.do(forget) == 2
