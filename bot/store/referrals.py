"""Referrals: asked for, released by the person, followed to their end."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, decide_grant, is_valid
from bot.care.referrals import OPEN, Content, State, may_follow
from bot.store.accesses import save_access
from bot.store.consents import find_consent, require_consent, save_consent
from bot.store.desk_news import tell_desk
from bot.store.errors import NotNow
from bot.store.sealed import seal, unseal
from bot.store.tables import ReferralRow
from bot.vault.vault import PersonKey


@dataclass(frozen=True)
class Referral:
    """One referral as the team and the person see it."""

    id: uuid.UUID
    agency: str
    state: State
    content: Content
    reason: str | None
    made_at: datetime
    changed_at: datetime


async def save_referral(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, agency: str, content: Content,
    made_by: uuid.UUID, now: datetime,
) -> uuid.UUID:  # fmt: skip
    """A referral that the person is about to be asked about."""
    referral_id = uuid.uuid4()
    session.add(
        ReferralRow(
            id=referral_id,
            person_id=person_id,
            agency=agency,
            state=State.ASKED.value,
            content=_seal(key, referral_id, content),
            made_by=made_by,
            made_at=now,
            changed_at=now,
        )
    )
    await session.flush()
    return referral_id


async def answer_release(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, agreed: bool, now: datetime
) -> str | None:
    """The person's yes or no to the oldest open question; the agency, ``None`` if none is open.

    A yes is the release: for this agency alone, dated, and over after a while.
    """
    asked = select(ReferralRow).where(
        ReferralRow.person_id == person_id, ReferralRow.state == State.ASKED.value
    )
    row = await session.scalar(asked.order_by(ReferralRow.made_at).limit(1).with_for_update())
    if row is None:
        return None
    if agreed:
        release = decide_grant(ConsentKind.SHARE_AGENCY, now, row.agency)
        await save_consent(session, person_id, release)
    move_referral(row, State.SENT if agreed else State.REFUSED, now)
    await session.flush()
    await tell_desk(session, person_id)
    return row.agency


async def find_referrals(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID
) -> list[Referral]:
    """Every referral of a person, the latest first: for themselves, and who made them."""
    rows = select(ReferralRow).where(ReferralRow.person_id == person_id)
    found = await session.scalars(rows.order_by(ReferralRow.made_at.desc()))
    return [_open(key, row) for row in found]


async def find_open_referrals(
    session: AsyncSession, agency: str, now: datetime
) -> list[ReferralRow]:
    """What an agency may look at now: its own, open, and released. No content."""
    states = [state.value for state in OPEN]
    rows = select(ReferralRow).where(ReferralRow.agency == agency, ReferralRow.state.in_(states))
    found = await session.scalars(rows.order_by(ReferralRow.made_at))
    return [row for row in found if await is_released(session, row.person_id, agency, now)]


async def is_released(
    session: AsyncSession, person_id: uuid.UUID, agency: str, now: datetime
) -> bool:
    """Whether what the person let this agency see may still be seen there."""
    return is_valid(await find_consent(session, person_id, ConsentKind.SHARE_AGENCY, agency), now)


async def find_own_referral(
    session: AsyncSession, agency: str, referral_id: uuid.UUID
) -> ReferralRow | None:
    """One open referral of this agency and no other, held until the transaction ends."""
    row = await session.get(ReferralRow, referral_id, with_for_update=True)
    mine = row is not None and row.agency == agency and State(row.state) in OPEN
    return row if mine else None


async def disclose_referral(
    session: AsyncSession, key: PersonKey, row: ReferralRow, who: str, now: datetime
) -> Referral:
    """The released fields for ``who`` at the agency; the person can ask who saw them.

    Raises ``bot.store.errors.NoConsent`` without a release to this very agency.
    """
    kind = ConsentKind.SHARE_AGENCY
    await require_consent(session, row.person_id, kind, now, row.agency)
    await save_access(session, key, row.person_id, who, "referral", now)
    return _open(key, row)


def move_referral(
    row: ReferralRow, state: State, now: datetime, *, reason: str | None = None
) -> None:
    """On to the next state. Raises :class:`NotNow` when it cannot follow."""
    if not may_follow(State(row.state), state):
        raise NotNow
    row.state, row.changed_at, row.reason = state.value, now, reason


def keep_day(key: PersonKey, row: ReferralRow, day: str) -> None:
    """The day that the agency set."""
    content = replace(_open(key, row).content, day=day)
    row.content = _seal(key, row.id, content)


async def withdraw_referrals(
    session: AsyncSession, person_id: uuid.UUID, agency: str, now: datetime
) -> None:
    """The release was taken back: nothing is open to this agency any more."""
    states = [state.value for state in (State.ASKED, *OPEN)]
    await session.execute(
        update(ReferralRow)
        .where(ReferralRow.person_id == person_id, ReferralRow.agency == agency)
        .where(ReferralRow.state.in_(states))
        .values(state=State.WITHDRAWN.value, changed_at=now)
    )
    await tell_desk(session, person_id)


async def forget_unreleased(session: AsyncSession, person_id: uuid.UUID) -> None:
    """Erase what the person did not release, or took back."""
    states = [state.value for state in (State.ASKED, State.REFUSED, State.WITHDRAWN)]
    mine = ReferralRow.person_id == person_id
    await session.execute(delete(ReferralRow).where(mine, ReferralRow.state.in_(states)))


def _seal(key: PersonKey, referral_id: uuid.UUID, content: Content) -> bytes:
    return seal(key, ReferralRow, "content", referral_id, json.dumps(content.to_json()))


def _open(key: PersonKey, row: ReferralRow) -> Referral:
    written = json.loads(unseal(key, ReferralRow, "content", row.id, row.content))
    return Referral(
        id=row.id,
        agency=row.agency,
        state=State(row.state),
        content=Content.from_json(written),
        reason=row.reason,
        made_at=row.made_at,
        changed_at=row.changed_at,
    )
