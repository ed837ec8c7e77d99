"""What a person keeps under a passphrase. It outlives EXIT, and tells nobody that it is there."""

from __future__ import annotations

import asyncio
import base64
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind
from bot.care.guesses import FORGIVEN_AFTER, count_failures, next_try_at
from bot.store.consents import require_consent
from bot.store.sealed import seal, unseal
from bot.store.tables import MemoryRow, MemoryTryRow
from bot.vault.errors import Unreadable
from bot.vault.passphrase import Passphrase, open_under, seal_under
from bot.vault.vault import PersonKey

#: How long a memory is kept after it was last saved.
KEPT_FOR = timedelta(days=180)


@dataclass(frozen=True)
class TooSoon:
    """Too many wrong tries; nothing was tried now. From ``until`` on there is another."""

    until: datetime


async def save_memory(
    session: AsyncSession,
    key: PersonKey,
    person_id: uuid.UUID,
    passphrase: Passphrase,
    text: str,
    now: datetime,
) -> None:
    """Keep ``text`` in the place of an older memory. Raises ``bot.store.errors.NoConsent``.

    Wrong tries stay counted: saving something is no proof of knowing the old passphrase.
    """
    await require_consent(session, person_id, ConsentKind.REMEMBER, now)
    inner = await asyncio.to_thread(seal_under, passphrase, text, str(person_id))
    document = base64.b64encode(inner).decode("ascii")
    values = {
        "kept": seal(key, MemoryRow, "kept", person_id, document),
        "kept_until": now + KEPT_FOR,
    }
    await session.execute(
        insert(MemoryRow)
        .values(person_id=person_id, **values)
        .on_conflict_do_update(index_elements=["person_id"], set_=values)
    )


async def open_memory(
    session: AsyncSession,
    key: PersonKey,
    person_id: uuid.UUID,
    passphrase: Passphrase,
    now: datetime,
) -> str | TooSoon | None:
    """The memory; ``None`` when the passphrase is wrong or nothing is kept.

    Both take the same work and count as a wrong try; the right one ends the counting. Opening is
    the person's own act and needs no consent.
    """
    tries = await _claim_tries(session, person_id, now)
    failures = count_failures(tries.failures, tries.failed_at, now)
    until = next_try_at(failures, tries.failed_at)
    if now < until:
        return TooSoon(until)
    sealed = await _find_kept(session, key, person_id, now)
    try:
        opened = await asyncio.to_thread(open_under, passphrase, sealed, str(person_id))
    except Unreadable:
        tries.failures, tries.failed_at = failures + 1, now
        await session.flush()
        return None
    await session.delete(tries)
    await session.flush()
    return opened


async def forget_memory(session: AsyncSession, person_id: uuid.UUID) -> None:
    """Delete what is kept, as when the consent is taken back. Wrong tries stay counted."""
    await session.execute(delete(MemoryRow).where(MemoryRow.person_id == person_id))


async def forget_expired_memories(session: AsyncSession, now: datetime) -> None:
    """Delete memories whose time is over, and wrong tries that do not count any more."""
    await session.execute(delete(MemoryRow).where(MemoryRow.kept_until <= now))
    forgiven = MemoryTryRow.failed_at <= now - FORGIVEN_AFTER
    await session.execute(delete(MemoryTryRow).where(forgiven))


async def _claim_tries(session: AsyncSession, person_id: uuid.UUID, now: datetime) -> MemoryTryRow:
    """The count of wrong tries, held until the transaction ends: guesses come one by one."""
    await session.execute(
        insert(MemoryTryRow)
        .values(person_id=person_id, failures=0, failed_at=now)
        .on_conflict_do_nothing()
    )
    held = select(MemoryTryRow).where(MemoryTryRow.person_id == person_id).with_for_update()
    found = await session.scalars(held, execution_options={"populate_existing": True})
    return found.one()


async def _find_kept(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, now: datetime
) -> bytes | None:
    """What is sealed under the passphrase alone; ``None`` when nothing is kept any more."""
    kept = select(MemoryRow.kept).where(
        MemoryRow.person_id == person_id, MemoryRow.kept_until > now
    )
    sealed = await session.scalar(kept)
    if sealed is None:
        return None
    return base64.b64decode(unseal(key, MemoryRow, "kept", person_id, sealed))
