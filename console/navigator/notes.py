"""Private notes: for whoever of the team sees this talk, never for the person or their note."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse

from bot.store.private_notes import save_private_note
from console.house import House
from console.members import Member, allowed
from console.navigator.sending import find_writable, parse_text

#: Characters of one note.
LONGEST_NOTE = 2000


def routes(house: House) -> APIRouter:
    """``/people/{person_id}/notes``."""
    router = APIRouter()
    talk = Annotated[Member, Depends(allowed(house, "talk"))]

    @router.post("/people/{person_id}/notes")
    async def add(
        member: talk, person_id: uuid.UUID, note_id: Annotated[uuid.UUID, Form()],
        untrusted_words: Annotated[str, Form(alias="words")] = "",
    ) -> Response:  # fmt: skip
        text = parse_text(untrusted_words)
        if len(text) > LONGEST_NOTE:
            raise HTTPException(422)
        async with house.sessions.begin() as session:
            held = await find_writable(house, session, member, person_id)
            if text:
                await save_private_note(
                    session, held.key, person_id, member.id, text, house.now(), note_id=note_id
                )
        return RedirectResponse(f"/people/{person_id}#notes", status_code=303)

    return router
