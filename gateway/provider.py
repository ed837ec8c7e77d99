"""The page with which a provider looks after its one entry: is it right, and are beds free.

The link in its mail holds the whole key, in its path, so that it works without script. Paths are
in no log of ours, pages send no referrer, and opening the page changes nothing, for programs that
look through mails open it too. A wrong, an ended and an old link get one and the same page.
"""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.phrases import load_phrases
from bot.directory.when import render_when
from bot.store.audit import save_audit
from bot.store.capacities import UNITS, save_capacity
from bot.store.provider_answers import SHOWN, find_answers, save_answer
from bot.store.provider_links import end_links, find_link
from gateway.body import read_form
from gateway.chat_page import Pages
from gateway.chat_words import FOLDER
from gateway.house import House
from gateway.provider_entry import Shown, find_shown, render_places
from gateway.provider_form import LONGEST, AllRight, Answer, Beds, Different, Fault, parse_answer

#: Seconds that an answer to a wrong link waits, so that nobody tries many.
SLOWED = 1.0


def routes(house: House) -> APIRouter:
    """``/directory/confirm/{token}`` and ``/directory/thanks``."""
    router = APIRouter()
    pages = _Pages(house)

    @router.get("/directory/confirm/{untrusted_token}")
    async def look(request: Request, untrusted_token: str) -> Response:
        async with house.sessions() as session:
            shown = await _find(session, untrusted_token)
        return pages.entry(request, shown) if shown else await _nothing(pages, request)

    @router.post("/directory/confirm/{untrusted_token}")
    async def answer(request: Request, untrusted_token: str) -> Response:
        untrusted_form = await read_form(request)
        async with house.sessions.begin() as session:
            shown = await _find(session, untrusted_token, claim=True)
            if shown:
                said = parse_answer(untrusted_form, confidential=shown.confidential)
                fault = await _take(session, shown.entry.id, said)
        if shown is None:
            return await _nothing(pages, request)
        if fault:
            return pages.entry(request, shown, fault, untrusted_form)
        return RedirectResponse(f"/directory/thanks?lang={pages.language(request)}", 303)

    @router.get("/directory/thanks")
    async def thanks(request: Request) -> Response:
        return pages.note(request, "thanks")

    return router


async def _find(
    session: AsyncSession, untrusted_token: str, *, claim: bool = False
) -> Shown | None:
    """The entry that a link opens. With ``claim`` nobody else answers before the commit."""
    now = datetime.now(UTC)
    link = await find_link(session, untrusted_token, now)
    if link and claim:
        await session.refresh(link, with_for_update=True)
    if link is None or link.ended_at is not None:
        return None
    return await find_shown(session, link.entry_id)


async def _take(session: AsyncSession, entry_id: str, said: Answer) -> Fault | None:
    """Keep an answer; the same words once. Returns why not, if it was not kept."""
    now = datetime.now(UTC)
    match said:
        case AllRight():
            await save_answer(session, entry_id, is_right=True, words="", now=now)
            await end_links(session, entry_id, now)
            await save_audit(session, None, "provider_right", now, about=entry_id)
        case Different(words):
            waiting = [one for one in await find_answers(session, entry_id) if not one.settled_at]
            if len(waiting) >= SHOWN:
                return Fault("different", "many_wait")
            if words not in {one.words for one in waiting}:
                await save_answer(session, entry_id, is_right=False, words=words, now=now)
                await save_audit(session, None, "provider_words", now, about=entry_id)
        case Beds(available, maximum, unit):
            await save_capacity(session, entry_id, available, maximum, unit, None, now)
            await save_audit(session, None, "provider_beds", now, about=entry_id)
        case Fault():
            return said
    return None


async def _nothing(pages: _Pages, request: Request) -> Response:
    """No database connection is held meanwhile."""
    await asyncio.sleep(SLOWED)
    return pages.note(request, "nothing", status=404)


class _Pages:
    """The pages in the browser's language."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._pages = Pages(house.live_site, house.settings.public_url)
        self._words = {one: _read_words(one) for one in self._pages.wordbook.words}

    def language(self, request: Request) -> str:
        """The language to show a page in."""
        return self._pages.language(request)

    def entry(
        self, request: Request, shown: Shown, fault: Fault | None = None,
        typed: Mapping[str, str] | None = None,
    ) -> Response:  # fmt: skip
        """The entry and its three forms; after a fault with what was typed."""
        language = self.language(request)
        words, say = self._words[language], load_phrases("services", language)
        said_at = shown.capacity.reported_at if shown.capacity else None
        here = said_at.astimezone(self._house.site.timezone) if said_at else None
        return self._make(
            "provider.html", request, 422 if fault else 200, shown=shown, fault=fault,
            places=render_places(shown, words, say), typed=typed or {}, longest=LONGEST,
            units=UNITS, said=render_when(here, say) if here else "",
        )  # fmt: skip

    def note(self, request: Request, word: str, *, status: int = 200) -> Response:
        """A page with one sentence."""
        return self._make("provider_note.html", request, status, word=word)

    def _make(self, template: str, request: Request, status: int, **more: object) -> Response:
        language = self.language(request)
        return self._pages.make(
            template, language, path=request.url.path, status=status,
            say=self._words[language], **more,
        )  # fmt: skip


def _read_words(language: str) -> Mapping[str, str]:
    found: Mapping[str, str] = tomllib.loads(
        (FOLDER / f"provider.{language}.toml").read_text(encoding="utf-8")
    )
    return found
