"""The directory's first page: find a service, and what waits to be done."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from bot.directory.due import due_before
from bot.directory.duplicates import Double
from bot.directory.hidden_names import Naming
from bot.store.directory_work import count_work
from bot.store.entry_pages import PAGE, PARTS, Sieve, find_page
from console.directory.looking import Looking
from console.directory.ways import find_today
from console.house import House
from console.members import Member, allowed

#: Characters of what is looked for, and the last page that can be asked for.
LONGEST_WORDS, LAST_PAGE = 200, 100_000


def routes(house: House) -> APIRouter:
    """``/directory``."""
    router = APIRouter()
    reader = Annotated[Member, Depends(allowed(house, "directory"))]

    @router.get("/directory")
    async def page(
        member: reader, request: Request, words: str = "", part: str = "", page: str = "1"
    ) -> Response:
        sieve, before = parse_sieve(words, part, page), due_before(find_today(house))
        doubles: Looking[Double] = request.app.state.doubles
        namings: Looking[Naming] = request.app.state.namings
        async with house.sessions() as session:
            found, count = await find_page(session, sieve, before, house.now())
            # Only where somebody begins: counting all of a large directory takes its time.
            work = await count_work(session, before) if sieve == Sieve() else None
        pages = max(1, -(-count // PAGE))
        return house.pages.show(
            member, "directory.html", found=found, count=count, work=work,
            sieve=sieve, pages=pages, doubles=doubles.count(), before=before,
            namings=namings.count(),
            way=lambda number: _to_page(sieve, number),
        )  # fmt: skip

    return router


def parse_sieve(untrusted_words: str, untrusted_part: str, untrusted_page: str = "1") -> Sieve:
    """What is looked for; what cannot be meant is left out."""
    page = int(untrusted_page) if untrusted_page.isascii() and untrusted_page.isdigit() else 1
    return Sieve(
        words=untrusted_words[:LONGEST_WORDS],
        part=untrusted_part if untrusted_part in PARTS else "",
        page=min(max(page, 1), LAST_PAGE),
    )


def _to_page(sieve: Sieve, number: int) -> str:
    asked = {"words": sieve.words, "part": sieve.part, "page": str(number)}
    return f"/directory?{urlencode({name: one for name, one in asked.items() if one})}"
