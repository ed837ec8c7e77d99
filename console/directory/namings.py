"""Texts for everybody that name what is confidential: a warning, with a way to edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.hidden_names import Naming, find_namings
from bot.store.entry_pages import find_entries_by_id, find_names
from bot.store.tables import EntryRow
from console.directory.looking import Looking
from console.directory.typed import LABELS
from console.house import House
from console.members import Member, allowed

#: Services on the page; whoever rewrites these sees the next ones.
SHOWN = 50
#: Which field of the form holds what a document has there.
_FIELDS = {
    "name": "name", "description": "description", "eligibility_description": "eligibility",
    "fees_description": "cost", "url": "url", "phones": "phone", "service_areas": "areas",
    "required_documents": "bring", "organization": "organization",
}  # fmt: skip


@dataclass(frozen=True)
class Warned:
    """One field that names others: ids and names of those. ``at`` is where the form has it."""

    label: str
    at: str
    named: Sequence[tuple[str, str]]


def routes(house: House) -> APIRouter:
    """``/directory/namings``."""
    router = APIRouter()
    author = Annotated[Member, Depends(allowed(house, "directory_change"))]

    @router.get("/directory/namings")
    async def page(member: author, request: Request) -> Response:
        namings: Looking[Naming] = request.app.state.namings
        async with house.sessions() as session:
            found = await namings.look(session)
            shown = (found or ())[:SHOWN]
            rows = await find_entries_by_id(session, [one.entry_id for one in shown])
            told = [
                (rows[one.entry_id], await _tell(session, one.named))
                for one in shown
                if one.entry_id in rows
            ]
        return house.pages.show(
            member, "directory_namings.html", told=told, looking=found is None,
            count=len(found or ()),
        )  # fmt: skip

    return router


async def warn(house: House, session: AsyncSession, row: EntryRow) -> list[Warned]:
    """What texts of one entry name; nothing when all is well."""
    names = await house.hidden_names.find(session)
    return await _tell(session, find_namings(row.document, names))


async def _tell(session: AsyncSession, named: Mapping[str, frozenset[str]]) -> list[Warned]:
    ids = frozenset[str]().union(*named.values())
    names = await find_names(session, list(ids)) if ids else {}
    return [
        Warned(*_find_field(key), [(one, names[one]) for one in sorted(said) if one in names])
        for key, said in named.items()
    ]


def _find_field(key: str) -> tuple[str, str]:
    """What the form calls it, and where it has it; the form's beginning for what it has not."""
    if key == "service_at_locations":
        return LABELS["places"], "where"
    field = _FIELDS.get(key)
    return (LABELS[field], f"at-{field}") if field else ("Another text", "main")
