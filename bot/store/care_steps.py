"""The steps of a person's care plan, sealed; the team may see them while the consent holds."""

from __future__ import annotations

import json
import uuid
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind
from bot.care.steps import Step
from bot.store.accesses import save_access
from bot.store.consents import require_consent
from bot.store.sealed import seal, unseal
from bot.store.tables import CareStepRow
from bot.vault.vault import PersonKey


async def save_step(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, step: Step, now: datetime
) -> None:
    """Add a step behind the others."""
    step_id = uuid.uuid4()
    sealed = seal(key, CareStepRow, "step", step_id, json.dumps(step.to_json()))
    session.add(CareStepRow(id=step_id, person_id=person_id, step=sealed, changed_at=now))
    await session.flush()


async def find_steps(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID
) -> list[tuple[uuid.UUID, Step]]:
    """Every step, for the person themselves, in the order they were agreed."""
    rows = select(CareStepRow).where(CareStepRow.person_id == person_id)
    return [
        (row.id, Step.from_json(json.loads(unseal(key, CareStepRow, "step", row.id, row.step))))
        for row in await session.scalars(rows.order_by(CareStepRow.position))
    ]


async def disclose_steps(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, who: str, now: datetime
) -> list[tuple[uuid.UUID, Step]]:
    """The steps for a navigator ``who``; the person can ask who saw them.

    Raises ``bot.store.errors.NoConsent`` without the consent to share with the team.
    """
    await require_consent(session, person_id, ConsentKind.SHARE, now)
    await save_access(session, key, person_id, who, "steps", now)
    return await find_steps(session, key, person_id)


async def forget_step(session: AsyncSession, person_id: uuid.UUID, step_id: uuid.UUID) -> None:
    """Remove one step of this person; nothing happens if it is gone."""
    mine = CareStepRow.person_id == person_id
    await session.execute(delete(CareStepRow).where(mine, CareStepRow.id == step_id))
