"""Adding a service, and changing one: one form, in the order in which people think."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.entries import Author, save_entry
from bot.directory.errors import ChangedMeanwhile, DocumentUnreadable, EntryRefused
from bot.directory.needs import NEEDS
from bot.directory.nesting import Document
from bot.store.entry_pages import (
    count_siblings,
    find_alike,
    find_document_at,
    find_neighbours,
    find_organizations,
)
from bot.store.tables import EntryRow
from console.directory.areas import open_areas
from console.directory.asking import Form, parse_typed, wants_rows
from console.directory.faults import Faults, find_faults, place_report
from console.directory.hour_words import NAMES
from console.directory.hours import find_schedules
from console.directory.merging import Merged, merge_typed
from console.directory.organizations import Unclear, choose_organization
from console.directory.place_hours import name_place, tell_own_hours
from console.directory.places import find_location_ids, has_marked_organization
from console.directory.reading import (
    find_kept_at_places,
    find_kept_hours,
    find_listing,
    read_document,
)
from console.directory.typed import LABELS, STATUSES, Typed
from console.directory.ways import find_today, note, require_entry, to_service
from console.directory.writing import write_document
from console.house import House
from console.members import Member, allowed


@dataclass(frozen=True)
class Back:
    """A form that comes back instead of being saved, and why."""

    typed: Typed
    faults: Faults = field(default_factory=dict)
    merged: Merged | None = None
    alike: Mapping[str, str] = field(default_factory=dict)
    made_sure: bool = False


class Desk:
    """Shows the form of one service, and takes it."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def show(
        self, session: AsyncSession, member: Member, row: EntryRow | None, back: Back | None = None
    ) -> Response:
        """The form, as the entry is now or with what was typed."""
        areas, document = open_areas(self._house), (row.document if row else {})
        shown = back.typed if back else read_document(document, areas) if row else Typed()
        return self._house.pages.show(
            member, "directory_change.html", status=422 if back and _is_stuck(back) else 200,
            entry=row, typed=shown, back=back or Back(shown), labels=LABELS, statuses=STATUSES,
            needs=NEEDS, days=NAMES, told_phone=(find_listing(document, areas) or {}).get("phone"),
            organizations=await find_organizations(session),
            kept_hours=find_kept_hours(document), kept_at=find_kept_at_places(document),
            hours_of=find_schedules(document)[0], own_hours=tell_own_hours(document),
            name_place=name_place,
            neighbours=await _find_neighbours(session, row),
            siblings=await count_siblings(session, row.id, row.organization_id) if row else 0,
        )  # fmt: skip

    async def take(self, member: Member, form: Form, entry_id: str | None) -> Response:
        """Save what was typed, or show it again with what is in the way."""
        typed, made_sure = parse_typed(form), "made_sure" in form
        back = Back(typed, made_sure=made_sure)
        if not wants_rows(form):
            try:
                async with self._house.sessions.begin() as session:
                    row = await require_entry(session, entry_id) if entry_id else None
                    saved = await self._save(session, member, row, form, back)
                if isinstance(saved, str):
                    return to_service(saved, "saved")
                back = saved
            except EntryRefused as error:
                back = Back(typed, place_report(error.report, typed), made_sure=made_sure)
            except (ChangedMeanwhile, DocumentUnreadable):
                back = Back(typed, {"": "This was saved by somebody at this moment. Save again."})
        async with self._house.sessions() as session:
            row = await require_entry(session, entry_id) if entry_id else None
            return await self.show(session, member, row, back)

    async def _save(
        self, session: AsyncSession, member: Member, row: EntryRow | None, form: Form, back: Back
    ) -> str | Back:
        """The entry's id once it is saved, or the form with what is in the way."""
        areas, typed = open_areas(self._house), back.typed
        before: Document = row.document if row else {"id": str(uuid.uuid4())}
        shown = read_document(before, areas) if row else Typed()
        if row and form.get("seen") != row.changed_at.isoformat():
            merged = await self._merge(session, row, form.get("seen", ""), shown, typed)
            return Back(merged.typed, merged=merged, made_sure=back.made_sure)
        faults = find_faults(typed, shown, marked=has_marked_organization(before))
        if faults:
            return Back(typed, faults, made_sure=back.made_sure)
        if row is None and "sure" not in form:
            numbers = [typed.phone, typed.text_line]
            if alike := await find_alike(session, typed.name, numbers):
                return Back(typed, alike=alike, made_sure=back.made_sure)
        organization = await choose_organization(session, row, typed)
        if isinstance(organization, Unclear):
            return Back(typed, {"organization": organization.sentence}, made_sure=back.made_sure)
        after = {**write_document(before, shown, typed), "organization": organization}
        if back.made_sure:
            after["assured_date"] = find_today(self._house).isoformat()
        author, seen = Author(member.id, self._house.now()), row.changed_at if row else None
        await save_entry(session, after, areas, author, seen=seen)
        what = "directory_changed" if row else "directory_added"
        await note(self._house, session, member, what, after["id"])
        return str(after["id"])

    async def _merge(
        self, session: AsyncSession, row: EntryRow, untrusted_seen: str, theirs: Typed, ours: Typed
    ) -> Merged:
        """What both wrote. When it is not known what ours began from, all of ours counts."""
        seen = _parse_seen(untrusted_seen)
        document = await find_document_at(session, row.id, seen) if seen else None
        base = read_document(document, open_areas(self._house)) if document else Typed()
        return merge_typed(base, theirs, ours)


def routes(house: House) -> APIRouter:
    """``/directory/new`` and ``/directory/change/{id}``."""
    router = APIRouter()
    desk = Desk(house)
    author = Annotated[Member, Depends(allowed(house, "directory_change"))]

    @router.get("/directory/new")
    async def begin(member: author) -> Response:
        async with house.sessions() as session:
            return await desk.show(session, member, None)

    @router.post("/directory/new")
    async def add(member: author, request: Request) -> Response:
        return await desk.take(member, await _read(request), None)

    @router.get("/directory/change/{entry_id:path}")
    async def form(member: author, entry_id: str) -> Response:
        async with house.sessions() as session:
            return await desk.show(session, member, await require_entry(session, entry_id))

    @router.post("/directory/change/{entry_id:path}")
    async def change(member: author, request: Request, entry_id: str) -> Response:
        return await desk.take(member, await _read(request), entry_id)

    return router


async def _read(request: Request) -> Form:
    return {name: str(value) for name, value in (await request.form()).items()}


async def _find_neighbours(
    session: AsyncSession, row: EntryRow | None
) -> Mapping[str, Sequence[tuple[str, str]]]:
    if row is None:
        return {}
    return await find_neighbours(session, row.id, find_location_ids(row.document))


def _is_stuck(back: Back) -> bool:
    return bool(back.faults or back.merged or back.alike)


def _parse_seen(untrusted: str) -> datetime | None:
    try:
        seen = datetime.fromisoformat(untrusted)
    except ValueError:
        return None
    return seen if seen.tzinfo else None
