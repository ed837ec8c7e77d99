"""What updates of the code bring to a site that has changed its conversation."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from bot.flows.changes import tell_difference
from bot.flows.own_changes import OwnChange, OwnChanges, load_own
from bot.flows.updating import find_blocks, is_up_to_date
from console.house import House
from console.members import Member, allowed


def routes(house: House) -> APIRouter:
    """``/releases/update``."""
    router = APIRouter()
    reader = Annotated[Member, Depends(allowed(house, "conversation"))]

    @router.get("/releases/update")
    async def page(member: reader) -> Response:
        told = await asyncio.to_thread(_look, house)
        return house.pages.show(member, "update.html", **told)

    return router


def _look(house: House) -> dict[str, Any]:
    root = house.content()
    own = load_own(root) or OwnChanges("")
    waits = not is_up_to_date(root)
    return {
        "waits": waits,
        "findings": find_blocks(root, house.site) if waits else [],
        "overtaken": [_tell(one) for one in own.changes if one.is_overtaken],
        "gone": [_tell(one) for one in own.gone],
    }


def _tell(own: OwnChange) -> tuple[OwnChange, Any]:
    return own, tell_difference(own.before, own.after)
