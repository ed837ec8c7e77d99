"""What each person at the desk carries: figures, and who wishes to talk. No content."""

import uuid
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.responses import RedirectResponse

from bot.care.load import find_midnight
from bot.store.debriefs import find_debriefs, hold_debrief
from bot.store.load import find_loads
from bot.store.outcomes import find_worrying
from bot.store.staff_desk import LONGEST_SHIFT
from console.house import House
from console.members import Member, allowed

WEEK = timedelta(days=7)


def routes(house: House) -> APIRouter:
    """``/load``."""
    router = APIRouter()
    member_here = Annotated[Member, Depends(allowed(house, "load"))]

    @router.get("/load")
    async def page(member: member_here) -> Response:
        now = house.now()
        today = find_midnight(now.astimezone(house.site.timezone))
        roles = [role for role, may in house.permissions.roles.items() if "queue" in may]
        async with house.sessions() as session:
            loads = await find_loads(session, roles, today, now - WEEK)
            debriefs = await find_debriefs(session)
            worrying = await find_worrying(session, now)
        since = now - LONGEST_SHIFT
        return house.pages.show(
            member, "load.html", loads=loads, debriefs=debriefs, now=now, shift_since=since,
            worrying=len(worrying),
        )  # fmt: skip

    @router.post("/load/debriefs/{debrief_id}")
    async def hold(member: member_here, debrief_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            if await hold_debrief(session, debrief_id, member.id, house.now()) is None:
                raise HTTPException(404)
        return RedirectResponse("/load", status_code=303)

    return router
