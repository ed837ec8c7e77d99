"""Services at the places that anybody may know."""

from __future__ import annotations

from itertools import islice

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from bot.directory.public import render_place
from bot.store import open_entries as store
from gateway.hsds import parts
from gateway.hsds.asking import Choice
from gateway.hsds.reading import GONE, Asked, Turned, answer, belongs_to, load, page_of, tell
from gateway.hsds.shelf import Shelf

#: Signs between an entry's id and a place's that are tried; the ids may have some of their own.
MOST_ATS = 20

PlacePage = page_of("ServiceAtLocationPage", parts.ServiceAtLocation, parts.ServiceAtLocationLine)


def routes(shelf: Shelf) -> APIRouter:
    """``/service_at_locations`` and one by its id."""
    router = APIRouter()

    @router.get("/service_at_locations", response_model=PlacePage)
    async def list_places(asked: Asked, turn: Turned, full: Choice = False) -> JSONResponse:
        kind = parts.ServiceAtLocation if full else parts.ServiceAtLocationLine
        if asked is None:
            return answer(kind, (), 0, turn)
        async with shelf.open() as session:
            pairs = await store.find_open_pairs(session, asked, turn.per_page, turn.offset)
            total = await shelf.count(
                ("places", asked), lambda: store.count_open_pairs(session, asked)
            )
            found, discreet = await load(session, [entry for entry, _ in pairs])
            hidden = await shelf.find_hidden(session)
        rendered = (
            render_place(found[entry], place, discreet=belongs_to(found[entry]) in discreet)
            for entry, place in pairs
            if entry in found
        )
        return answer(kind, rendered, total, turn, hidden)

    @router.get(
        "/service_at_locations/{service_at_location_id:path}",
        response_model=parts.ServiceAtLocation,
        responses=GONE,
    )
    async def get_place(service_at_location_id: str) -> JSONResponse:
        ats = (at for at, letter in enumerate(service_at_location_id) if letter == "@")
        # An address may be all signs like this, so that each is only looked at when its turn comes.
        pairs = [
            (service_at_location_id[:at], service_at_location_id[at + 1 :])
            for at in islice(ats, MOST_ATS)
        ]
        async with shelf.open() as session:
            found, discreet = await load(session, [entry for entry, _ in pairs])
            hidden = await shelf.find_hidden(session)
        told = [
            render_place(found[entry], place, discreet=belongs_to(found[entry]) in discreet)
            for entry, place in pairs
            if entry in found
        ]
        return tell(parts.ServiceAtLocation, next(filter(None, told), None), hidden)

    return router
