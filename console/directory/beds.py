"""Free beds: those who report them in one list, and the form with which staff write down a call."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse

from bot.store.capacities import UNITS, save_capacity
from bot.store.entry_pages import CAPACITY_COUNTS_FOR, PAGE, find_reporting
from console.directory.index import parse_sieve
from console.directory.ways import note, require_entry, to_service
from console.house import House
from console.members import Member, allowed

Text = Annotated[str, Form()]
_COUNT = re.compile(r"[0-9]{1,5}")


def routes(house: House) -> APIRouter:
    """``/directory/beds`` and what is said of one service."""
    router = APIRouter()
    reader = Annotated[Member, Depends(allowed(house, "directory"))]
    caller = Annotated[Member, Depends(allowed(house, "directory_capacity"))]

    @router.get("/directory/beds")
    async def page(member: reader, page: str = "1") -> Response:
        number = parse_sieve("", "", page).page
        async with house.sessions() as session:
            found = await find_reporting(session, number)
        return house.pages.show(
            member, "directory_beds.html", found=found[:PAGE], number=number,
            more=len(found) > PAGE, counts_since=house.now() - CAPACITY_COUNTS_FOR, units=UNITS,
        )  # fmt: skip

    @router.post("/directory/beds/{entry_id:path}")
    async def report(
        member: caller, entry_id: str, available: Text = "", maximum: Text = "",
        unit: Text = "beds", back: Text = "",
    ) -> Response:  # fmt: skip
        free, most = available.strip(), maximum.strip()
        if not _is_count(free) or (most and not _is_count(most)) or unit not in UNITS:
            return to_service(entry_id, "no_number")
        async with house.sessions.begin() as session:
            row, now = await require_entry(session, entry_id), house.now()
            count = int(most) if most else None
            await save_capacity(session, row.id, int(free), count, unit, member.id, now)
            await note(house, session, member, "directory_capacity", row.id)
        if back == "beds":
            return RedirectResponse("/directory/beds", status_code=303)
        return to_service(entry_id, "capacity")

    return router


def _is_count(typed: str) -> bool:
    return _COUNT.fullmatch(typed) is not None
