"""Steps for contacts that abuse the team: two warnings, then a block to which two people agree.

A block closes the team's line to a pseudonym for a while. The bot goes on answering, and danger
still calls the emergency line and the team.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.store.tables import BlockRow, HandoffRow, PersonRow, SaidRow, StaffRow
from bot.store.tables.said import PERSON

#: How long a block holds; warnings that led to nothing are forgotten after the same time.
LASTS = timedelta(days=30)
#: Why, as the table has it.
REASONS = ("abusive", "sexual")


class Step(Enum):
    """What may happen next."""

    WARN = "warn"
    WARN_AGAIN = "warn_again"
    ASK = "ask"
    """Both warnings were sent; a block may be asked for."""

    ASKED = "asked"
    """Somebody else has to agree now."""

    BLOCKED = "blocked"


#: Steps at which the person is told what is not okay.
WARNINGS = (Step.WARN, Step.WARN_AGAIN)


@dataclass(frozen=True)
class Block:
    """A block that is asked for or holds. ``ref`` finds it again and tells nothing of the person.

    ``person_id`` leads to their open conversation, and is ``None`` where there is none.
    """

    ref: str
    reason: str
    asked_by: uuid.UUID | None
    asked_name: str | None
    agreed_name: str | None
    asked_at: datetime | None
    until: datetime | None
    person_id: uuid.UUID | None


def next_step(row: BlockRow | None) -> Step:
    """The step after what ``row`` records; the first one while there is no row."""
    if row is None:
        return Step.WARN
    if row.agreed_by is not None:
        return Step.BLOCKED
    if row.asked_at is not None:
        return Step.ASKED
    return (Step.WARN, Step.WARN_AGAIN, Step.ASK)[row.step]


async def is_blocked(session: AsyncSession, pseudonym: bytes, now: datetime) -> bool:
    """Whether the team's line is closed to ``pseudonym``."""
    found = exists().where(BlockRow.pseudonym == pseudonym, *_holds(now))
    return bool(await session.scalar(select(found)))


async def find_block(session: AsyncSession, pseudonym: bytes, now: datetime) -> BlockRow | None:
    """The steps that still count, held until the transaction ends."""
    found = select(BlockRow).where(BlockRow.pseudonym == pseudonym, BlockRow.until > now)
    held = found.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(held)).one_or_none()


async def may_go_on(session: AsyncSession, person_id: uuid.UUID, row: BlockRow | None) -> bool:
    """Whether the person wrote again since the last warning, and so had a chance to stop."""
    if row is None or row.until is None:
        return True
    warned_at = row.until - LASTS
    wrote = exists().where(
        SaidRow.person_id == person_id, SaidRow.who == PERSON, SaidRow.said_at > warned_at
    )
    return bool(await session.scalar(select(wrote)))


async def save_warning(
    session: AsyncSession, pseudonym: bytes, reason: str, step: Step, now: datetime
) -> bool:
    """Note the warning that is sent with it; ``False`` when ``step`` is not the next one."""
    assert reason in REASONS
    await session.execute(
        delete(BlockRow).where(BlockRow.pseudonym == pseudonym, BlockRow.until <= now)
    )
    if step is Step.WARN:
        fresh = {"pseudonym": pseudonym, "reason": reason, "step": 0, "until": now + LASTS}
        await session.execute(insert(BlockRow).values(fresh).on_conflict_do_nothing())
    row = await find_block(session, pseudonym, now)
    if row is None or step not in WARNINGS or next_step(row) is not step:
        return False
    row.step, row.reason, row.until = row.step + 1, reason, now + LASTS
    await session.flush()
    return True


async def ask_block(
    session: AsyncSession, pseudonym: bytes, staff_id: uuid.UUID, now: datetime
) -> bool:
    """Ask a second person for a block; ``False`` before both warnings, and when it is asked."""
    row = await find_block(session, pseudonym, now)
    if row is None or next_step(row) is not Step.ASK:
        return False
    row.asked_by, row.asked_at, row.until = staff_id, now, now + LASTS
    await session.flush()
    return True


async def agree_block(
    session: AsyncSession, ref: str, staff_id: uuid.UUID, now: datetime
) -> bytes | None:
    """The second person agrees: the pseudonym, or ``None`` when it was not theirs to decide."""
    agreed = await session.execute(
        update(BlockRow)
        .where(*_open_to(ref, staff_id, now))
        .values(agreed_by=staff_id, until=now + LASTS)
        .returning(BlockRow.pseudonym)
    )
    return agreed.scalar_one_or_none()


async def refuse_block(session: AsyncSession, ref: str, staff_id: uuid.UUID, now: datetime) -> bool:
    """The second person does not agree, and the steps begin anew; ``False`` as above."""
    refused = await session.execute(
        delete(BlockRow).where(*_open_to(ref, staff_id, now)).returning(BlockRow.step)
    )
    return refused.first() is not None


async def lift_block(session: AsyncSession, ref: str, now: datetime) -> bool:
    """Open the team's line again before the time; ``False`` when it is not closed."""
    lifted = await session.execute(
        delete(BlockRow).where(_REF.in_([ref]), *_holds(now)).returning(BlockRow.step)
    )
    return lifted.first() is not None


async def find_blocks(session: AsyncSession, now: datetime) -> list[Block]:
    """What is asked for or holds, the oldest request first."""
    asker, agreer = aliased(StaffRow), aliased(StaffRow)
    found = (
        select(
            _REF, BlockRow.reason, BlockRow.asked_by, asker.name, agreer.name, BlockRow.asked_at,
            BlockRow.until, HandoffRow.person_id,
        )
        .outerjoin(asker, asker.id == BlockRow.asked_by)
        .outerjoin(agreer, agreer.id == BlockRow.agreed_by)
        .outerjoin(PersonRow, PersonRow.pseudonym == BlockRow.pseudonym)
        .outerjoin(HandoffRow, HandoffRow.person_id == PersonRow.id)
        .where(BlockRow.asked_at.is_not(None), BlockRow.until > now)
        .order_by(BlockRow.asked_at)
    )  # fmt: skip
    return [Block(*row) for row in await session.execute(found)]


async def forget_old_blocks(session: AsyncSession, now: datetime) -> None:
    """Remove blocks whose time is over, and warnings that led to nothing."""
    await session.execute(delete(BlockRow).where(BlockRow.until <= now))


_REF = func.encode(func.sha256(BlockRow.pseudonym), "hex")


def _holds(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (BlockRow.agreed_by.is_not(None), BlockRow.until > now)


def _open_to(ref: str, staff_id: uuid.UUID, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """A request that waits for a second person, and ``staff_id`` may be that one."""
    return (
        _REF.in_([ref]),
        BlockRow.asked_at.is_not(None),
        BlockRow.agreed_by.is_(None),
        BlockRow.asked_by != staff_id,
        BlockRow.until > now,
    )
