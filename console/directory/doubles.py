"""Pairs that may be one service twice: kept once, or remembered as not the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.duplicates import Double, save_apart
from bot.directory.entries import Author, save_entry
from bot.directory.errors import ChangedMeanwhile, EntryRefused
from bot.store.entry_pages import find_entries_by_id
from bot.store.tables import EntryRow
from console.directory.acts import take_away
from console.directory.areas import open_areas
from console.directory.looking import Looking
from console.directory.reading import tell_document
from console.directory.ways import note, require_entry, to_service
from console.house import House
from console.members import Member, allowed

Text = Annotated[str, Form()]

#: Pairs on the page; whoever settles these sees the next ones.
SHOWN = 20
WHY = {"phone": "the same phone", "website": "the same website", "name": "almost the same name"}


@dataclass(frozen=True)
class Pair:
    """Two entries side by side. ``facts`` are a label and what each of them says; ``same`` are
    labels of what both say alike.
    """

    first: EntryRow
    second: EntryRow
    why: str
    facts: Sequence[tuple[str, str, str]]
    same: Sequence[str]


def routes(house: House) -> APIRouter:
    """``/directory/doubles``."""
    router = APIRouter()
    author = Annotated[Member, Depends(allowed(house, "directory_change"))]

    @router.get("/directory/doubles")
    async def page(member: author, request: Request) -> Response:
        doubles: Looking[Double] = request.app.state.doubles
        async with house.sessions() as session:
            found = await doubles.look(session)
            pairs = await _find_pairs(house, session, (found or ())[:SHOWN])
        return house.pages.show(
            member, "directory_doubles.html", pairs=pairs, looking=found is None,
            count=len(found or ()),
        )  # fmt: skip

    @router.post("/directory/doubles/apart")
    async def apart(member: author, first: Text, second: Text) -> Response:
        async with house.sessions.begin() as session:
            for entry_id in (first, second):
                await require_entry(session, entry_id)
            if first == second:
                raise HTTPException(404)
            await save_apart(session, first, second, member.id, house.now())
            await note(house, session, member, "directory_apart", f"{first} {second}")
        return RedirectResponse("/directory/doubles", status_code=303)

    @router.post("/directory/doubles/same")
    async def same(member: author, keep: Text, drop: Text, seen: Text = "") -> Response:
        try:
            async with house.sessions.begin() as session:
                kept, row = await require_entry(session, keep), await require_entry(session, drop)
                if keep == drop:
                    raise HTTPException(404)
                if row.changed_at.isoformat() != seen:
                    raise ChangedMeanwhile(row.changed_at)
                by = Author(member.id, house.now())
                document = take_away(row.document, "It stood here twice.", same_as=kept.id)
                await save_entry(session, document, open_areas(house), by, seen=row.changed_at)
                await note(house, session, member, "directory_same", f"{keep} {drop}")
        except ChangedMeanwhile:
            return to_service(drop, "changed_meanwhile")
        except EntryRefused:
            return to_service(drop, "refused")
        return RedirectResponse("/directory/doubles", status_code=303)

    return router


async def _find_pairs(house: House, session: AsyncSession, doubles: Sequence[Double]) -> list[Pair]:
    ids = {entry_id for one in doubles for entry_id in (one.first_id, one.second_id)}
    rows = await find_entries_by_id(session, ids)
    told = {key: tell_document(row.document, open_areas(house)) for key, row in rows.items()}
    return [
        _pair(rows[one.first_id], rows[one.second_id], one.why, told)
        for one in doubles
        if {one.first_id, one.second_id} <= rows.keys()
    ]


def _pair(
    first: EntryRow, second: EntryRow, why: str, told: Mapping[str, Mapping[str, object]]
) -> Pair:
    """What the two say, label by label."""
    one, other = told[first.id], told[second.id]
    labels = [*one, *(label for label in other if label not in one)]
    said = [(label, _say(one.get(label)), _say(other.get(label))) for label in labels]
    facts = [fact for fact in said if fact[1] != fact[2]]
    same = [label for label, mine, theirs in said if mine and mine == theirs]
    return Pair(first, second, WHY[why], facts, same)


def _say(value: object) -> str:
    return "yes" if value is True else str(value or "")
