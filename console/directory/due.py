"""Services that somebody has to make sure of: nobody did for a year, or soon has not."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from bot.directory.due import SOON, due_before
from bot.store.entries import count_entries, find_entries
from bot.store.entry_pages import PAGE
from console.directory.index import parse_sieve
from console.directory.ways import find_today
from console.house import House
from console.members import Member, allowed


def routes(house: House) -> APIRouter:
    """``/directory/due``."""
    router = APIRouter()
    author = Annotated[Member, Depends(allowed(house, "directory_change"))]

    @router.get("/directory/due")
    async def page(member: author, page: str = "1") -> Response:
        number, today = parse_sieve("", "", page).page, find_today(house)
        now, soon = due_before(today), due_before(today + SOON)
        async with house.sessions() as session:
            count = await count_entries(session, due_before=soon)
            overdue = await count_entries(session, due_before=now)
            found = await find_entries(
                session, due_before=soon, limit=PAGE, offset=(number - 1) * PAGE
            )
        return house.pages.show(
            member, "directory_due.html", found=found, overdue=overdue, soon=count - overdue,
            before=now, number=number, pages=max(1, -(-count // PAGE)),
        )  # fmt: skip

    return router
