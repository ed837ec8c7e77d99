"""Messages that nobody understood: kept stripped and for a short time, looked at, and let go."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import VERSIONS, ConsentKind
from bot.store.accesses import find_accesses, save_access
from bot.store.consents import require_consent
from bot.store.sealed import seal, unseal
from bot.store.tables import ConsentRow, MisreadRow
from bot.vault.vault import PersonKey

#: Rows of one person, in all and of one day: nobody's talk can be put together from them.
MOST, MOST_A_DAY = 20, 3
#: What nobody has looked at by then goes.
KEPT_FOR = timedelta(days=30)
#: Rows of one page.
SHOWN = 50
#: What the person is told that somebody saw.
_SEEN = "misread"


@dataclass(frozen=True)
class Stripped:
    """A message as :func:`bot.care.stripping.strip_message` leaves it.

    ``likely`` is the name of an intent, or ``None``.
    """

    language: str
    words: str
    likely: str | None


async def save_misread(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, stripped: Stripped, day: date
) -> None:
    """Keep one more, unless there are enough of this person."""
    mine = MisreadRow.person_id == person_id
    if await _count(session, mine) >= MOST:
        return
    if await _count(session, mine, MisreadRow.day == day) >= MOST_A_DAY:
        return
    row_id = uuid.uuid4()
    sealed = seal(key, MisreadRow, "words", row_id, stripped.words)
    session.add(
        MisreadRow(
            id=row_id, person_id=person_id, language=stripped.language, words=sealed,
            likely=stripped.likely, day=day,
        )
    )  # fmt: skip
    await session.flush()


async def count_misread(session: AsyncSession, person_id: uuid.UUID) -> int:
    """How many lie here of a person, for the person who asks."""
    return await _count(session, MisreadRow.person_id == person_id)


async def find_misread(
    session: AsyncSession, now: datetime, after: uuid.UUID | None = None
) -> Sequence[MisreadRow]:
    """A page of those that may be shown, and one more if more follow.

    Their ids are random, so their order tells neither of time nor of people.
    """
    rows = select(MisreadRow).where(_agreed(now)).order_by(MisreadRow.id).limit(SHOWN + 1)
    return (
        await session.scalars(rows if after is None else rows.where(MisreadRow.id > after))
    ).all()


async def claim_misread(
    session: AsyncSession, row_id: uuid.UUID, now: datetime
) -> MisreadRow | None:
    """One that may be shown, and nobody else takes it before the transaction ends."""
    row = select(MisreadRow).where(MisreadRow.id == row_id, _agreed(now)).with_for_update()
    return (await session.scalars(row)).one_or_none()


async def disclose_misread(
    session: AsyncSession, key: PersonKey, row: MisreadRow, who: str, now: datetime
) -> Stripped:
    """One of them for a member of the team; the person is told of it once a day for each member.

    Raises ``bot.store.errors.NoConsent``.
    """
    await require_consent(session, row.person_id, ConsentKind.LEARN, now)
    if not await _is_told(session, key, row.person_id, who, now):
        await save_access(session, key, row.person_id, who, _SEEN, now)
    words = unseal(key, MisreadRow, "words", row.id, row.words)
    return Stripped(row.language, words, row.likely)


async def forget_misread(session: AsyncSession, person_id: uuid.UUID) -> None:
    """All of a person, as when the consent is taken back."""
    await session.execute(delete(MisreadRow).where(MisreadRow.person_id == person_id))


async def forget_learning(session: AsyncSession, person_id: uuid.UUID) -> None:
    """The consent too: who leaves is not learned from any more."""
    await forget_misread(session, person_id)
    consent = delete(ConsentRow).where(ConsentRow.kind == ConsentKind.LEARN.value)
    await session.execute(consent.where(ConsentRow.person_id == person_id))


async def forget_old_misread(session: AsyncSession, now: datetime) -> None:
    """What nobody looked at in time, what may be shown no more, and consents that are over."""
    too_old = MisreadRow.day <= now.date() - KEPT_FOR
    await session.execute(delete(MisreadRow).where(or_(too_old, ~_agreed(now))))
    consent = delete(ConsentRow).where(ConsentRow.kind == ConsentKind.LEARN.value)
    await session.execute(consent.where(ConsentRow.expires_at <= now))


def _agreed(now: datetime) -> ColumnElement[bool]:
    """The person's consent holds, as ``bot.care.consent.is_valid`` would say."""
    return exists().where(
        ConsentRow.person_id == MisreadRow.person_id,
        ConsentRow.kind == ConsentKind.LEARN.value,
        ConsentRow.revoked_at.is_(None),
        ConsentRow.granted_at <= now,
        ConsentRow.expires_at > now,
        ConsentRow.version >= VERSIONS[ConsentKind.LEARN],
    )


async def _is_told(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, who: str, now: datetime
) -> bool:
    told = await find_accesses(session, key, person_id)
    seen = ((one.who, one.what, one.seen_at.date()) for one in told)
    return (who, _SEEN, now.date()) in seen


async def _count(session: AsyncSession, *which: ColumnElement[bool]) -> int:
    return await session.scalar(select(func.count()).select_from(MisreadRow).where(*which)) or 0
