"""Services: each with what belongs to it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from bot.directory.public import render_service
from bot.store import open_entries as store
from gateway.hsds import parts
from gateway.hsds.asking import Choice
from gateway.hsds.reading import GONE, Asked, Turned, answer, belongs_to, load, page_of, tell
from gateway.hsds.shelf import Shelf

ServicePage = page_of("ServicePage", parts.Service, parts.ServiceLine, parts.ServiceId)


def routes(shelf: Shelf) -> APIRouter:
    """``/services`` and one by its id."""
    router = APIRouter()

    @router.get("/services", response_model=ServicePage)
    async def list_services(
        asked: Asked, turn: Turned, minimal: Choice = False, full: Choice = False
    ) -> JSONResponse:
        kind = parts.ServiceId if minimal else parts.Service if full else parts.ServiceLine
        if asked is None:
            return answer(kind, (), 0, turn)
        async with shelf.open() as session:
            ids = await store.find_open_ids(session, asked, turn.per_page, turn.offset)
            total = await shelf.count(asked, lambda: store.count_open(session, asked))
            found, discreet = await load(session, ids)
            hidden = await shelf.find_hidden(session)
        rendered = (
            render_service(found[one], discreet=belongs_to(found[one]) in discreet)
            for one in ids
            if one in found
        )
        return answer(kind, rendered, total, turn, hidden)

    @router.get("/services/{service_id:path}", response_model=parts.Service, responses=GONE)
    async def get_service(service_id: str) -> JSONResponse:
        async with shelf.open() as session:
            found, discreet = await load(session, [service_id])
            hidden = await shelf.find_hidden(session)
        entry = found.get(service_id)
        told = render_service(entry, discreet=belongs_to(entry) in discreet) if entry else None
        return tell(parts.Service, told, hidden)

    return router
