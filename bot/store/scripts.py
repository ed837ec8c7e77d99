"""Conversations that staff saved, and what a release agreed to have otherwise."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.flows.scripts import Script, Turn
from bot.store.releases import Release, begin_anew
from bot.store.tables import ReleaseScriptRow, ScriptRow, StaffRow


@dataclass(frozen=True)
class Saved:
    """A conversation with who saved it, or agreed to it; ``by`` is empty when they are gone.

    ``id`` is ``None`` for one that belongs to a release.
    """

    id: uuid.UUID | None
    script: Script
    by: str
    at: datetime


async def find_saved_scripts(session: AsyncSession) -> list[Saved]:
    """Everything that staff saved, by name."""
    found = await session.execute(
        select(ScriptRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == ScriptRow.made_by)
        .order_by(ScriptRow.language, ScriptRow.name)
    )
    return [Saved(row.id, _open(row), name or "", row.made_at) for row, name in found]


async def find_saved_script(session: AsyncSession, script_id: uuid.UUID) -> Script | None:
    """One conversation that staff saved."""
    row = await session.get(ScriptRow, script_id)
    return None if row is None else _open(row)


async def save_script(
    session: AsyncSession, script: Script, staff_id: uuid.UUID, now: datetime
) -> uuid.UUID | None:
    """Save a new conversation. Returns its id, or ``None`` when the name is taken.

    Whoever asks looks first that the content has none of this name and language.
    """
    values = {"id": uuid.uuid4(), **_write(script), "made_by": staff_id, "made_at": now}
    saved = insert(ScriptRow).values(values)
    fresh = saved.on_conflict_do_nothing(index_elements=["language", "name"])
    return await session.scalar(fresh.returning(ScriptRow.id))


async def drop_script(session: AsyncSession, script_id: uuid.UUID) -> None:
    """Take a conversation away that staff saved."""
    await session.execute(delete(ScriptRow).where(ScriptRow.id == script_id))


async def find_agreed_scripts(session: AsyncSession, release_id: uuid.UUID) -> list[Saved]:
    """What this release has otherwise, by name."""
    found = await session.execute(
        select(ReleaseScriptRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == ReleaseScriptRow.agreed_by)
        .where(ReleaseScriptRow.release_id == release_id)
        .order_by(ReleaseScriptRow.language, ReleaseScriptRow.name)
    )
    return [Saved(None, _open(row), name or "", row.agreed_at) for row, name in found]


async def agree_to_script(
    session: AsyncSession, release: Release, script: Script, staff_id: uuid.UUID, now: datetime
) -> None:
    """In a claimed release it is right that ``script`` goes like this.

    That is a change like any other: the release is a draft again, for others to agree to.
    """
    values = {
        "release_id": release.row.id, **_write(script), "agreed_by": staff_id, "agreed_at": now,
    }  # fmt: skip
    saved = insert(ReleaseScriptRow).values(values)
    await session.execute(
        saved.on_conflict_do_update(
            index_elements=["release_id", "language", "name"],
            set_={key: saved.excluded[key] for key in ("turns", "agreed_by", "agreed_at")},
        )
    )
    await begin_anew(session, release, staff_id)


async def drop_agreed_script(
    session: AsyncSession, release: Release, language: str, name: str, staff_id: uuid.UUID
) -> None:
    """A claimed release is to keep this conversation as it was."""
    rows = delete(ReleaseScriptRow).where(ReleaseScriptRow.release_id == release.row.id)
    mine = rows.where(ReleaseScriptRow.language == language, ReleaseScriptRow.name == name)
    await session.execute(mine)
    await begin_anew(session, release, staff_id)


def _open(row: ScriptRow | ReleaseScriptRow) -> Script:
    turns: Sequence[Any] = row.turns
    return Script(row.name, row.language, tuple(map(Turn.from_json, turns)), row.channel)


def _write(script: Script) -> dict[str, Any]:
    turns = [turn.to_json() for turn in script.turns]
    return {
        "name": script.name, "language": script.language, "channel": script.channel,
        "turns": turns,
    }  # fmt: skip
