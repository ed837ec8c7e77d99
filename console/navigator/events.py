"""News for open pages, as server-sent events: look again, or it is over. Never any content."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncGenerator, Iterator, Set
from contextlib import aclosing, contextmanager
from dataclasses import asdict, dataclass
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.store.desk_view import Mine, find_mine
from bot.store.staff_sessions import find_session
from bot.store.tables import HandoffRow
from console.desk_news import LOOK_AGAIN
from console.house import House
from console.members import COOKIE, Member, allowed
from console.navigator.desk import make_glance
from console.navigator.holding import may_see, may_take
from console.navigator.line import Line, Standing
from console.navigator.presence import Presence

log = structlog.get_logger()

#: Something of the person changed; it is over or in other hands; nobody is signed in any more.
PERSON, OVER, OUT = (f"event: {name}\ndata: \n\n" for name in ("person", "over", "out"))
STILL_HERE = ": still here\n\n"
#: Seconds. The line may change at every moment; a page hears of it this often at most.
PAUSE = 2.0
#: A proxy must not keep an event back until there are more of them.
_AT_ONCE = {"X-Accel-Buffering": "no"}

Stream = AsyncGenerator[str, None]


@dataclass(frozen=True)
class Screen:
    """An open page, and whose it is."""

    house: House
    line: Line
    presence: Presence
    member: Member
    token: str


def routes(house: House) -> APIRouter:
    """``/events``, for the first page or for one person's."""
    router = APIRouter()
    at_desk = Annotated[Member, Depends(allowed(house, "next"))]

    @router.get("/events")
    async def events(
        request: Request, member: at_desk, person: uuid.UUID | None = None, seen: str = ""
    ) -> Response:
        state, token = request.app.state, request.cookies.get(COOKIE, "")
        screen = Screen(house, state.line, state.presence, member, token)
        stream = watch_person(screen, person) if person else watch_line(screen, seen)
        return StreamingResponse(
            _until_database_goes(stream), media_type="text/event-stream", headers=_AT_ONCE
        )

    return router


async def watch_line(screen: Screen, seen: str = "") -> Stream:
    """``queue`` with the desk's figures, each time that they are others than those of ``seen``."""
    mine, known = list[Mine](), Standing()
    async with aclosing(_moments(screen)) as moments:
        async for news in moments:
            standing = await screen.line.hear()
            held = {str(one.person_id) for one in mine}
            if not news or standing is not known or news & {"", *held}:
                async with screen.house.sessions() as session:
                    mine = await find_mine(session, screen.member.id)
            known, glance = standing, make_glance(screen.member, standing, mine, screen.presence)
            if news and glance.mark == seen:
                continue
            if not await _is_signed_in(screen):
                break
            if glance.mark == seen:
                yield STILL_HERE
                continue
            seen = glance.mark
            yield f"event: queue\ndata: {json.dumps(asdict(glance))}\n\n"
            await asyncio.sleep(PAUSE)
    yield OUT


async def watch_person(screen: Screen, person_id: uuid.UUID) -> Stream:
    """``person`` at all news of theirs, and ``looking`` with the names of who else looks, until it
    is ``over``: gone, or not the member's.
    """
    row, looking = await _find_row(screen, person_id), list[str]()
    if row is None:
        yield OVER
        return
    concerns = {"", str(person_id), _say_looking(person_id)}
    with _look(screen, row):
        async with aclosing(_moments(screen, concerns)) as moments:
            async for news in moments:
                if not await _is_signed_in(screen):
                    break
                if await _find_row(screen, person_id) is None:
                    yield OVER
                    return
                others = screen.presence.others(person_id, screen.member)
                if others != looking:
                    looking = others
                    yield f"event: looking\ndata: {json.dumps(looking)}\n\n"
                yield PERSON if news - {_say_looking(person_id)} else STILL_HERE
    yield OUT


async def _moments(
    screen: Screen, concerns: Set[str] | None = None
) -> AsyncGenerator[frozenset[str], None]:
    """News that concern the page, or all news; now and then none."""
    looked_at = 0.0
    async with aclosing(screen.house.news.wait()) as told:
        async for people in told:
            news = people if concerns is None else people & concerns
            if news or time.monotonic() - looked_at > LOOK_AGAIN / 2:
                looked_at = time.monotonic()
                yield news


async def _is_signed_in(screen: Screen) -> bool:
    """An open page is no sign of anybody sitting there, so it keeps no session alive."""
    async with screen.house.sessions() as session:
        return await find_session(session, screen.token, screen.house.now()) is not None


async def _find_row(screen: Screen, person_id: uuid.UUID) -> HandoffRow | None:
    """The handoff, if the member may see the talk, or may take the person out of the line."""
    async with screen.house.sessions() as session:
        row = await session.get(HandoffRow, person_id)
    if row is None:
        return None
    house, member = screen.house, screen.member
    return row if may_see(house, member, row) or may_take(house, member, row) else None


@contextmanager
def _look(screen: Screen, row: HandoffRow) -> Iterator[None]:
    """Whoever else looks is told that somebody came, and that they left."""
    waits, tell = row.claimed_by is None, screen.house.news.tell
    try:
        with screen.presence.look(row.person_id, screen.member, waits=waits):
            tell(_say_looking(row.person_id))
            yield
    finally:
        tell(_say_looking(row.person_id))


def _say_looking(person_id: uuid.UUID) -> str:
    """News of who looks, which is no news of the person."""
    return f"looking:{person_id}"


async def _until_database_goes(stream: Stream) -> Stream:
    """The browser opens a stream anew that has ended."""
    try:
        async with aclosing(stream) as said:
            async for one in said:
                yield one
    except SQLAlchemyError as error:
        log.warning("events.ended", error=type(error).__name__)
