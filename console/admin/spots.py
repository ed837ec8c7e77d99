"""Places of the conversation as a form shows them, and as it brings them back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.flows.changes import Change, digest_value
from bot.flows.edition import Edition
from bot.flows.places import Place, read_value
from bot.store.audit import save_audit
from bot.store.releases import (
    claim_release,
    find_change,
    find_open_releases,
    save_change,
    start_release,
)
from bot.store.tables import ReleaseRow
from console.admin.change_forms import LONGEST_TITLE, LONGEST_WHY, BadForm, Form
from console.house import House
from console.members import Member

#: What the author of something new saw at its place.
NOTHING = digest_value(None)


@dataclass(frozen=True)
class Spot:
    """One place, what stands there, and a short name for that."""

    place: Place
    value: Any
    seen: str


@dataclass(frozen=True)
class Target:
    """The release that a form's changes go into; ``None`` begins a new one."""

    chosen: ReleaseRow | None
    open: Sequence[ReleaseRow]


async def find_target(session: AsyncSession, untrusted_id: str) -> Target:
    """The release that was asked for, or the newest open one."""
    rows = await find_open_releases(session)
    if untrusted_id == "new":
        return Target(None, rows)
    wanted = next((row for row in rows if str(row.id) == untrusted_id), None)
    return Target(wanted or next(iter(rows), None), rows)


async def find_spots(
    session: AsyncSession, edition: Edition, target: Target, places: Sequence[Place]
) -> list[Spot]:
    """What stands at each place, in the release or else in the files."""
    found = []
    for place in places:
        value = read_value(edition, place)
        if target.chosen is not None:
            change = await find_change(session, target.chosen.id, place)
            value = value if change is None else change.after
        found.append(Spot(place, value, digest_value(value)))
    return found


async def save_spots(
    house: House, session: AsyncSession, member: Member, edition: Edition,
    form: Form, wanted: Mapping[Place, Any],
) -> uuid.UUID:  # fmt: skip
    """Put what a form wants into its release, all of it or nothing.

    Raises :class:`BadForm` or ``ChangedMeanwhile``.
    """
    now = house.now()
    release_id = await _find_or_start(house, session, member, form)
    release = await claim_release(session, release_id)
    if release is None:
        raise BadForm("This release is closed by now. Choose another one, or begin a new one.")
    for place, value in wanted.items():
        change = Change(place, read_value(edition, place), value)
        seen = form.get(f"seen-{place}", NOTHING)
        await save_change(session, release, change, seen, member.id, now)
    await save_audit(session, member.id, "release_changed", now, about=str(release_id))
    return release_id


async def _find_or_start(
    house: House, session: AsyncSession, member: Member, form: Form
) -> uuid.UUID:
    given = form.get("release", "")
    if given != "new":
        try:
            return uuid.UUID(given)
        except ValueError as error:
            raise BadForm("Choose the release that this belongs to.") from error
    title, why = (" ".join(form.get(name, "").split()) for name in ("title", "why"))
    if not title or len(title) > LONGEST_TITLE or not why or len(why) > LONGEST_WHY:
        raise BadForm("Say in a few words what the release is about, and why.")
    release_id = await start_release(session, title, why, member.id, house.now())
    await save_audit(session, member.id, "release_begun", house.now(), about=str(release_id))
    return release_id
