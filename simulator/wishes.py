"""The door by which tests tell a simulator in a process of its own what to do."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from simulator.carrier import Carrier
from simulator.plan import Plan


class Wish(BaseModel):
    """``heard_ago``: seconds since an address last wrote, which opens or shuts a window."""

    plan: Plan = Field(default_factory=Plan)
    heard_ago: dict[str, float] = Field(default_factory=dict)


def routes(carrier: Carrier) -> APIRouter:
    """One door; what comes takes the place of the earlier plan."""
    router = APIRouter()

    @router.put("/plan", status_code=204)
    async def plan(wish: Wish) -> Response:
        carrier.plan = wish.plan
        for address, seconds in wish.heard_ago.items():
            carrier.hear(address, ago=seconds)
        return Response(status_code=204)

    return router
