"""What stands ready beside the box: replies and phrases to put into it, services to send.

Every form here carries what is in the box, so that nothing typed is lost without a script.
"""

import uuid
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.drafts import save_draft
from console.house import House
from console.members import Member, allowed
from console.navigator.drafts import LONGEST_DRAFT
from console.navigator.holding import Held
from console.navigator.page import Box, Room, find_page, note_look
from console.navigator.replies import find_known
from console.navigator.sending import find_language, find_writable, send_words
from console.navigator.suggestions import Wanted, find_match, find_suggestions

Words = Annotated[str, Form(alias="words")]
Text = Annotated[str, Form()]


@dataclass(frozen=True)
class Chosen:
    """What is to stand in the box: a ready reply, a phrase by its number, or nothing.

    ``service`` is the one that was looked up, for the blanks of the reply.
    """

    ready: str = ""
    phrase: int = -1
    service: str = ""


def routes(room: Room) -> APIRouter:
    """``/people/{person_id}/insert``, ``search`` and ``services``."""
    router, house = APIRouter(), room.house
    talk = Annotated[Member, Depends(allowed(house, "talk"))]

    @router.post("/people/{person_id}/insert")
    async def insert(
        member: talk, person_id: uuid.UUID, untrusted_words: Words = "",
        ready: Text = "", phrase: Annotated[int, Form()] = -1, service: Text = "",
        known: Text = "",
    ) -> Response:  # fmt: skip
        async with house.sessions.begin() as session:
            held = await find_writable(house, session, member, person_id)
            chosen = Chosen(ready, phrase, service or known)
            added = await _find_added(room, session, member, held, chosen)
            text = f"{untrusted_words}\n{added}".strip() if added else untrusted_words
            await _keep(house, session, member, held, text)
        return _back(person_id, service or known)

    @router.post("/people/{person_id}/search")
    async def search(
        request: Request, member: talk, person_id: uuid.UUID,
        untrusted_words: Words = "", need: Text = "", place: Text = "",
    ) -> Response:  # fmt: skip
        async with house.sessions.begin() as session:
            held = await find_writable(house, session, member, person_id)
            language = await find_language(session, held)
            wanted = Wanted(need, place[:100])
            found = await find_suggestions(house, room.places, session, wanted, language)
            box = Box(untrusted_words)
            values = await find_page(room, session, member, held, box, found=found)
        note_look(room, member, held)
        by_script = request.headers.get("X-Part") == "services"
        template = "services_part.html" if by_script else "talk.html"
        return house.pages.show(member, template, **values)

    @router.post("/people/{person_id}/services")
    async def send(
        member: talk, person_id: uuid.UUID, line_id: Annotated[uuid.UUID, Form()],
        untrusted_words: Words = "", service: Text = "", openings: Text = "",
        need: Text = "", place: Text = "",
    ) -> Response:  # fmt: skip
        async with house.sessions.begin() as session:
            held = await find_writable(house, session, member, person_id)
            language = await find_language(session, held)
            wanted = Wanted(need, place[:100])
            found = await find_suggestions(house, room.places, session, wanted, language)
            texts = {one.id: one.text for one in found.suggestions}
            if openings:
                texts = {one.id: one.openings for one in found.suggestions}
            text = texts.get(openings or service)
            if not text:
                raise HTTPException(422)
            await send_words(house, session, member, held, line_id, text)
            await _keep(house, session, member, held, untrusted_words)
        return _back(person_id)

    return router


async def _find_added(
    room: Room, session: AsyncSession, member: Member, held: Held, chosen: Chosen
) -> str:
    """Empty for what does not exist."""
    house, language = room.house, await find_language(session, held)
    pairs = room.shelf.pairs(language, member)
    if 0 <= chosen.phrase < len(pairs):
        return pairs[chosen.phrase][1]
    match = await find_match(house, session, chosen.service)
    known = find_known(member, match, language, house.now().astimezone(house.site.timezone))
    offered = {one.id: one.text for one in room.shelf.offer(language, known)}
    return offered.get(chosen.ready, "")


async def _keep(
    house: House, session: AsyncSession, member: Member, held: Held, untrusted_words: str
) -> None:
    """What is in the box stays there."""
    text = untrusted_words.replace("\r\n", "\n")[:LONGEST_DRAFT]
    await save_draft(session, held.key, held.person.id, member.id, text, house.now())


def _back(person_id: uuid.UUID, untrusted_service: str = "") -> Response:
    query = f"?service={quote(untrusted_service, safe='')}" if untrusted_service else ""
    return RedirectResponse(f"/people/{person_id}{query}#write", status_code=303)
