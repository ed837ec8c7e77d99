"""Every address of the door."""

from __future__ import annotations

from fastapi import APIRouter

from console.house import House
from console.sign_in import door, factor, joining, passkey_answers


def routes(house: House) -> APIRouter:
    """The parts together."""
    router = APIRouter()
    for part in (door, joining, factor, passkey_answers):
        router.include_router(part.routes(house))
    return router
