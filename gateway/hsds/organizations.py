"""Organizations of which a service may be told."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from bot.directory.public import render_organization
from bot.store import open_entries as store
from bot.store.open_entries import Wanted
from gateway.hsds import parts
from gateway.hsds.asking import Choice
from gateway.hsds.reading import GONE, Asked, Turned, answer, belongs_to, load, page_of, tell
from gateway.hsds.shelf import Shelf

OrganizationPage = page_of("OrganizationPage", parts.Organization, parts.OrganizationLine)


def routes(shelf: Shelf) -> APIRouter:
    """``/organizations`` and one by its id."""
    router = APIRouter()

    @router.get("/organizations", response_model=OrganizationPage)
    async def list_organizations(asked: Asked, turn: Turned, full: Choice = False) -> JSONResponse:
        kind = parts.Organization if full else parts.OrganizationLine
        if asked is None:
            return answer(kind, (), 0, turn)
        async with shelf.open() as session:
            pairs = await store.find_open_organizations(session, asked, turn.per_page, turn.offset)
            total = await shelf.count(
                ("organizations", asked), lambda: store.count_open_organizations(session, asked)
            )
            found, discreet = await load(session, [entry for _, entry in pairs])
            hidden = await shelf.find_hidden(session)
        rendered = (
            render_organization(found[entry], discreet=one in discreet)
            for one, entry in pairs
            if entry in found
        )
        return answer(kind, rendered, total, turn, hidden)

    @router.get(
        "/organizations/{organization_id:path}",
        response_model=parts.Organization,
        responses=GONE,
    )
    async def get_organization(organization_id: str) -> JSONResponse:
        wanted = Wanted(organization_id=organization_id)
        async with shelf.open() as session:
            ids = await store.find_open_ids(session, wanted, 1, 0)
            found, discreet = await load(session, ids)
            hidden = await shelf.find_hidden(session)
        entry = next(iter(found.values()), None)
        told = render_organization(entry, discreet=belongs_to(entry) in discreet) if entry else None
        return tell(parts.Organization, told, hidden)

    return router
