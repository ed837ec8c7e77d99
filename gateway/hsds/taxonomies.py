"""The twelve needs as a taxonomy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from bot.directory.public import TAXONOMY, TERMS
from gateway.hsds import parts
from gateway.hsds.asking import Choice, Words
from gateway.hsds.reading import GONE, Id, Turn, Turned, answer, page_of, tell

TaxonomyPage = page_of("TaxonomyPage", parts.Taxonomy)
TermPage = page_of("TaxonomyTermPage", parts.TaxonomyTerm)


def routes() -> APIRouter:
    """``/taxonomies``, ``/taxonomy_terms``, and one of each by its id."""
    router = APIRouter()

    @router.get("/taxonomies", response_model=TaxonomyPage)
    async def list_taxonomies(turn: Turned, search: Words = "") -> JSONResponse:
        return _cut(parts.Taxonomy, [one for one in [TAXONOMY] if _fits(one, search)], turn)

    @router.get("/taxonomies/{taxonomy_id:path}", response_model=parts.Taxonomy, responses=GONE)
    async def get_taxonomy(taxonomy_id: str) -> JSONResponse:
        return tell(parts.Taxonomy, TAXONOMY if taxonomy_id == TAXONOMY["id"] else None)

    @router.get("/taxonomy_terms", response_model=TermPage)
    async def list_terms(
        turn: Turned, search: Words = "", taxonomy_id: Id = None, parent_id: Id = None,
        top_only: Choice = False,
    ) -> JSONResponse:  # fmt: skip
        # Every term is at the top: none has a parent.
        elsewhere = taxonomy_id not in {None, TAXONOMY["id"]} or parent_id is not None
        found = [one for one in TERMS.values() if _fits(one, search) and not elsewhere]
        return _cut(parts.TaxonomyTerm, found, turn)

    @router.get("/taxonomy_terms/{term_id:path}", response_model=parts.TaxonomyTerm, responses=GONE)
    async def get_term(term_id: str) -> JSONResponse:
        return tell(parts.TaxonomyTerm, TERMS.get(term_id))

    return router


def _fits(told: Mapping[str, Any], search: str) -> bool:
    return search.casefold() in f"{told['id']} {told['name']}".casefold()


def _cut(kind: type[BaseModel], found: Sequence[dict[str, Any]], turn: Turn) -> JSONResponse:
    return answer(kind, found[turn.offset :][: turn.per_page], len(found), turn)
