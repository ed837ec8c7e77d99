"""All pages of the directory. Those with a fixed address come before those that take an id."""

from __future__ import annotations

from fastapi import APIRouter

from console.directory import (
    acts,
    answers,
    beds,
    change,
    doubles,
    due,
    exports,
    imports,
    index,
    links,
    namings,
    service,
)
from console.house import House

_PAGES = (
    index,
    service,
    change,
    acts,
    beds,
    due,
    links,
    answers,
    doubles,
    namings,
    imports,
    exports,
)


def routes(house: House) -> APIRouter:
    """``/directory`` and everything below it."""
    router = APIRouter()
    for page in _PAGES:
        router.include_router(page.routes(house))
    return router
