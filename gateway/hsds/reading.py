"""From a question to an answer: what all lists and objects of the directory have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, create_model
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.naming import Names
from bot.directory.needs import TERM
from bot.directory.public import TAXONOMY, TERMS
from bot.store.open_entries import OpenEntry, Wanted, find_discreet, find_open_entries
from gateway.hsds.asking import (
    Day,
    Format,
    Page,
    PageNumber,
    PerPage,
    Problem,
    Words,
    render_page,
)

#: No name is kept back.
NOTHING = Names()
Id = Annotated[str | None, Query(max_length=500)]
GONE: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "Nothing that anybody may be told of has this id."}
}


@dataclass(frozen=True)
class Turn:
    """Which page, and how long pages are."""

    page: int
    per_page: int

    @property
    def offset(self) -> int:
        """Objects on the pages before."""
        return (self.page - 1) * self.per_page


def _turn(page: PageNumber = 1, per_page: PerPage = 50, format: Format = "json") -> Turn:
    return Turn(page, per_page)


def _ask(
    search: Words = "", taxonomy_term_id: Id = None, taxonomy_id: Id = None,
    organization_id: Id = None, modified_after: Day | None = None,
) -> Wanted | None:  # fmt: skip
    """What is looked for; ``None`` when nothing here can fit it."""
    if taxonomy_id not in {None, TAXONOMY["id"]}:
        return None
    if taxonomy_term_id is not None and taxonomy_term_id not in TERMS:
        return None
    need = taxonomy_term_id.removeprefix(TERM) if taxonomy_term_id else None
    return Wanted(search, organization_id, need, modified_after)


Asked = Annotated[Wanted | None, Depends(_ask)]
Turned = Annotated[Turn, Depends(_turn)]


def page_of(title: str, *kinds: type[BaseModel]) -> type[BaseModel]:
    """A page whose objects are of one of the kinds."""
    one: Any = kinds[0]
    for kind in kinds[1:]:
        one = one | kind
    return create_model(title, __base__=Page, contents=(list[one], ...))


async def load(
    session: AsyncSession, entry_ids: Sequence[str]
) -> tuple[Mapping[str, OpenEntry], frozenset[str]]:
    """Open entries by id, and the organizations that also run a confidential place."""
    found = await find_open_entries(session, entry_ids)
    return found, await find_discreet(session, {belongs_to(one) for one in found.values()})


def belongs_to(entry: OpenEntry) -> str:
    """The id of its organization."""
    return entry.row.organization_id


def answer(
    kind: type[BaseModel], rendered: Iterable[dict[str, Any] | None], total: int, turn: Turn,
    hidden: Names = NOTHING,
) -> JSONResponse:  # fmt: skip
    """A page of what was rendered, without what the second wall kept back.

    ``hidden`` are names that no text on it may hold.
    """
    contents = [_dump(kind, one, hidden) for one in rendered if one is not None]
    return JSONResponse(render_page(contents, total, turn.page, turn.per_page))


def tell(
    kind: type[BaseModel], told: dict[str, Any] | None, hidden: Names = NOTHING
) -> JSONResponse:
    """One object, or that there is none."""
    if told is None:
        raise HTTPException(404, "Nothing that anybody may be told of has this id.")
    return JSONResponse(_dump(kind, told, hidden))


def _dump(kind: type[BaseModel], told: dict[str, Any], hidden: Names) -> dict[str, Any]:
    shown = kind.model_validate(told).model_dump(mode="json", exclude_none=True)
    discreet: dict[str, Any] = hidden.hide_all(shown)
    return discreet
