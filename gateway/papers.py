"""Papers to take along: one booking's calendar file, and the safety plan as a page to print.

A link opens them for a day, without a session: no cookie is read or set. What is gone, too old or
never was ours gets the same calm page.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from bot.appointments.calendar_file import render_calendar_file
from bot.flows.published import LiveContent
from bot.journeys.content import Journey, load_journey
from bot.journeys.progress import Progress
from bot.journeys.reading import read_back
from bot.store.conversations import find_conversation, open_snapshot
from bot.store.people import get_person
from bot.store.sealed import open_person
from bot.store.slots import Slot, find_slot
from bot.vault.links import CALENDAR_FILE, PLAN_PAGE, parse_link
from bot.wire.snapshots import find_slot_value
from gateway.chat_page import Pages
from gateway.house import House

PLAN = "safety_plan"
#: A name that tells nothing to who sees the phone's downloads.
_ATTACHED = {"Content-Disposition": 'attachment; filename="event.ics"'}


@dataclass(frozen=True)
class Plan:
    """The answers so far, and the language of the talk in which they were given."""

    progress: Progress
    language: str


def routes(house: House) -> APIRouter:
    """``/c/{link}`` and ``/plan/{link}``."""
    router = APIRouter()
    pages = Pages(house.live_site, house.settings.public_url)
    content = LiveContent(house.settings.home)

    @router.get("/c/{untrusted_link}")
    async def calendar(request: Request, untrusted_link: str) -> Response:
        with _calm_without_database():
            slot = await _find_slot(house, untrusted_link)
        if slot is None:
            raise HTTPException(404)
        content = render_calendar_file(slot, pages.language(request))
        return Response(content, media_type="text/calendar", headers=_ATTACHED)

    @router.get("/plan/{untrusted_link}")
    async def plan(untrusted_link: str) -> Response:
        with _calm_without_database():
            found = await _find_plan(house, untrusted_link)
        if found is None:
            raise HTTPException(404)
        language = pages.wordbook.choose(found.language, "")
        parts = list(read_back(_load_plan(content()), found.progress, language))
        return pages.make("plan.html", language, parts=parts)

    return router


@lru_cache(maxsize=2)
def _load_plan(root: Path) -> Journey:
    """The safety plan's questions, as the content under ``root`` has them."""
    return load_journey(root / "data" / "journeys" / f"{PLAN}.yml")


async def _find_slot(house: House, untrusted_link: str) -> Slot | None:
    slot_id = parse_link(house.vault, CALENDAR_FILE, untrusted_link, datetime.now(UTC))
    if slot_id is None:
        return None
    async with house.sessions() as session:
        return await find_slot(session, uuid.UUID(slot_id))


async def _find_plan(house: House, untrusted_link: str) -> Plan | None:
    """The plan, for as long as the conversation it was made in is kept."""
    now = datetime.now(UTC)
    person_id = parse_link(house.vault, PLAN_PAGE, untrusted_link, now)
    if person_id is None:
        return None
    async with house.sessions() as session:
        person = await get_person(session, uuid.UUID(person_id))
        conversation = await find_conversation(session, person.id) if person else None
    if person is None or conversation is None or conversation.erase_at <= now:
        return None
    snapshot = open_snapshot(open_person(house.vault, person), conversation)
    left = find_slot_value(snapshot, "left") if snapshot else None
    kept = (left or {}).get(PLAN)
    return Plan(Progress.from_json(kept), conversation.language) if kept else None


@contextmanager
def _calm_without_database() -> Iterator[None]:
    """A person waits for this answer, not a vendor: they get a page with a way out."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise HTTPException(503) from error
