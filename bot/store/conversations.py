"""The running conversation of a person: opened sealed, saved sealed, erased whole."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.sealed import seal, unseal
from bot.store.tables import ConversationRow
from bot.vault.vault import PersonKey
from bot.wire.turns import Option


async def find_conversation(session: AsyncSession, person_id: uuid.UUID) -> ConversationRow | None:
    """The conversation of a person, if one is running."""
    return await session.get(ConversationRow, person_id)


async def start_conversation(
    session: AsyncSession, person_id: uuid.UUID, language: str, erase_at: datetime
) -> ConversationRow:
    """A fresh, empty conversation."""
    row = ConversationRow(person_id=person_id, language=language, erase_at=erase_at)
    session.add(row)
    await session.flush()
    return row


def open_snapshot(key: PersonKey, row: ConversationRow) -> dict[str, Any] | None:
    """The engine's last snapshot; ``None`` before the first turn."""
    if row.snapshot is None:
        return None
    opened: dict[str, Any] = json.loads(
        unseal(key, ConversationRow, "snapshot", row.person_id, row.snapshot)
    )
    return opened


def open_offered(key: PersonKey, row: ConversationRow) -> list[Option]:
    """The options that the person was last offered."""
    if row.offered is None:
        return []
    opened = unseal(key, ConversationRow, "offered", row.person_id, row.offered)
    return [Option(title, payload) for title, payload in json.loads(opened)]


def keep_snapshot(key: PersonKey, row: ConversationRow, snapshot: object) -> None:
    """Seal the engine's next snapshot."""
    text = json.dumps(snapshot, separators=(",", ":"))
    row.snapshot = seal(key, ConversationRow, "snapshot", row.person_id, text)


def keep_offered(key: PersonKey, row: ConversationRow, options: Sequence[Option]) -> None:
    """Seal the options just offered, so that "2" finds its meaning next time."""
    text = json.dumps([[option.title, option.payload] for option in options])
    row.offered = seal(key, ConversationRow, "offered", row.person_id, text)


async def find_expired(session: AsyncSession, now: datetime) -> list[uuid.UUID]:
    """People whose conversation must be erased by now."""
    due = select(ConversationRow.person_id).where(ConversationRow.erase_at <= now)
    return list(await session.scalars(due))
