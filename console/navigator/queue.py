"""The navigator's first page: what they hold, and who waits. Never a word of content."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.directory.due import due_before
from bot.store.claims import Waiting
from bot.store.desk_view import Mine, find_mine
from bot.store.directory_work import DirectoryWork, count_work
from bot.store.staff_desk import LONGEST_SHIFT, save_at_desk, save_away
from bot.store.tables import StaffRow
from console.house import House
from console.members import Member, allowed, find_member
from console.navigator import words
from console.navigator.desk import Glance, make_glance
from console.navigator.line import Line
from console.navigator.presence import Presence

#: Rows of the line that are shown at once: nobody reads further, and old computers are slow.
SHOWN = 50
#: The first page of whoever may do this; the first that fits is theirs.
_FIRST_PAGES = {"next": "/", "partner": "/partner", "staff": "/staff", "audit": "/audit"}


@dataclass(frozen=True)
class Sieve:
    """Which part of the line is shown; what is empty leaves all. With ``all`` to its very end."""

    language: str
    team: str
    all: str

    def holds(self, one: Waiting) -> bool:
        """Whether ``one`` belongs to this part."""
        return self.language in {"", one.language} and self.team in {"", one.team}

    def to_query(self, **other: str) -> str:
        """The part as the end of an address; empty for the whole line."""
        asked = urlencode({name: one for name, one in {**vars(self), **other}.items() if one})
        return f"?{asked}" if asked else ""


@dataclass(frozen=True)
class Desk:
    """What the page shows. ``line`` is empty for whoever may not see it; ``more`` people beyond it
    belong to the same part.
    """

    staff: StaffRow
    glance: Glance
    mine: Sequence[Mine]
    line: Sequence[Waiting]
    more: int
    names: Mapping[uuid.UUID, str]


def routes(house: House) -> APIRouter:
    """``/``, the part of it that changes, and coming to the desk."""
    router = APIRouter()
    require_desk = allowed(house, "next")
    at_desk = Annotated[Member, Depends(require_desk)]

    @router.get("/")
    async def home(request: Request) -> Response:
        """Everybody's first page; who does not work at the desk has another one."""
        member, _ = await find_member(house, request)
        way = _find_first_page(house, member)
        if way is None:
            return house.pages.show(member, "no_pages.html")
        if way != "/":
            return RedirectResponse(way, status_code=303)
        member = await require_desk(request)
        work = await _count_work(house, member)
        return await _show(house, request, member, "home.html", work)

    @router.get("/queue-part")
    async def part(request: Request, member: at_desk) -> Response:
        return await _show(house, request, member, "queue_part.html")

    @router.post("/desk")
    async def come(member: at_desk, here: Annotated[bool, Form()]) -> Response:
        async with house.sessions.begin() as session:
            if here:
                await save_at_desk(session, member.id, house.now())
            else:
                await save_away(session, member.id)
        return RedirectResponse("/", status_code=303)

    return router


def parse_sieve(house: House, untrusted: Mapping[str, str]) -> Sieve:
    """The part that is asked for; what the site does not know is left out."""
    language, team = untrusted.get("language", ""), untrusted.get("team", "")
    teams = {one.name for one in house.site.teams}
    return Sieve(
        language=language if language in house.site.languages else "",
        team=team if team in teams else "",
        all="1" if untrusted.get("all") else "",
    )


def _find_first_page(house: House, member: Member) -> str | None:
    """Where a member begins; ``None`` for a role that has no page."""
    may = (way for one, way in _FIRST_PAGES.items() if house.permissions.allow(member.role, one))
    return next(may, None)


async def _show(
    house: House, request: Request, member: Member, template: str,
    work: DirectoryWork | None = None,
) -> Response:  # fmt: skip
    presence: Presence = request.app.state.presence
    now, sieve = house.now(), parse_sieve(house, request.query_params)
    desk = await _find_desk(house, request, member, sieve)
    here, resting = desk.staff.at_desk_since, desk.staff.resting_until
    return house.pages.show(
        member,
        template,
        desk=desk,
        sieve=sieve,
        languages=house.site.languages,
        teams=[team.name for team in house.site.teams],
        words=words,
        minutes=lambda moment: max(0, int((now - moment).total_seconds() // 60)),
        looking=lambda one: presence.others(one.person_id, member),
        is_here=here is not None and here > now - LONGEST_SHIFT,
        is_resting=resting is not None and resting > now,
        query=sieve.to_query(),
        directory_work=work,
    )


async def _count_work(house: House, member: Member) -> DirectoryWork | None:
    """What waits in the directory, for whoever keeps it."""
    if not house.permissions.allow(member.role, "directory_change"):
        return None
    async with house.sessions() as session:
        return await count_work(session, due_before(house.now().date()))


async def _find_desk(house: House, request: Request, member: Member, sieve: Sieve) -> Desk:
    line: Line = request.app.state.line
    async with house.sessions() as session:
        standing, mine = await line.read(session), await find_mine(session, member.id)
        staff = await session.get_one(StaffRow, member.id)
    sees_line = house.permissions.allow(member.role, "queue")
    shown = [one for one in standing.of(member.id) if sees_line and sieve.holds(one)]
    most = len(shown) if sieve.all else SHOWN
    return Desk(
        staff=staff,
        glance=make_glance(member, standing, mine, request.app.state.presence),
        mine=mine,
        line=shown[:most],
        more=len(shown[most:]),
        names=standing.names,
    )
