"""What is done to one service with a button: made sure of, taken out, offered again, put back."""

import uuid
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse

from bot.directory.entries import Author, save_entry, undo_change
from bot.directory.errors import ChangedMeanwhile, EntryRefused, NothingToUndo
from bot.directory.nesting import Document
from bot.store.entries import find_change, find_entry
from console.directory.areas import open_areas
from console.directory.reading import SAME_AS, WHY_AWAY
from console.directory.service import was_open
from console.directory.ways import find_today, note, require_entry, to_service
from console.house import House
from console.members import Member, allowed

Text = Annotated[str, Form()]

#: Characters of a reason.
LONGEST_WHY = 300


def routes(house: House) -> APIRouter:
    """Below ``/directory``, each for ``directory_change``."""
    router = APIRouter()
    author = Annotated[Member, Depends(allowed(house, "directory_change"))]

    @router.post("/directory/assure/{entry_id:path}")
    async def assure(member: author, entry_id: str, seen: Text = "", back: Text = "") -> Response:
        today = find_today(house).isoformat()
        answer = await _change(
            house, member, entry_id, seen, lambda d: {**d, "assured_date": today}, "assured"
        )
        is_done = answer.headers["Location"].endswith("told=assured")
        return RedirectResponse("/directory/due", 303) if back == "due" and is_done else answer

    @router.post("/directory/retire/{entry_id:path}")
    async def retire(member: author, entry_id: str, why: Text = "", seen: Text = "") -> Response:
        reason = " ".join(why.split())[:LONGEST_WHY]
        if not reason:
            return to_service(entry_id, "no_why")
        return await _change(
            house, member, entry_id, seen, lambda d: take_away(d, reason), "retired"
        )

    @router.post("/directory/offer/{entry_id:path}")
    async def offer(member: author, entry_id: str, seen: Text = "") -> Response:
        return await _change(house, member, entry_id, seen, _bring_back, "offered")

    @router.post("/directory/undo/{change_id}")
    async def undo(member: author, change_id: uuid.UUID) -> Response:
        told = "undone"
        async with house.sessions() as session:
            change = await find_change(session, change_id)
            entry = await find_entry(session, change.entry_id) if change else None
        if change is None or (entry and was_open(change.before, entry.document)):
            raise HTTPException(404)
        try:
            async with house.sessions.begin() as session:
                by = Author(member.id, house.now())
                await undo_change(session, change_id, open_areas(house), by)
                await note(house, session, member, "directory_undone", change.entry_id)
        except NothingToUndo:
            told = "gone"
        except ChangedMeanwhile:
            told = "changed_meanwhile"
        except EntryRefused:
            told = "refused"
        return to_service(change.entry_id, told)

    return router


def take_away(document: Document, why: str, same_as: str = "") -> Document:
    """The document of a service that nobody is told of any more."""
    return {**document, "status": "inactive", WHY_AWAY: why, SAME_AS: same_as}


def _bring_back(document: Document) -> Document:
    kept = {name: one for name, one in document.items() if name not in {WHY_AWAY, SAME_AS}}
    return {**kept, "status": "active"}


async def _change(
    house: House, member: Member, entry_id: str, seen: str, change: Callable[[Document], Document],
    told: str,
) -> Response:  # fmt: skip
    """Change one entry as its page showed it, and go back there."""
    try:
        async with house.sessions.begin() as session:
            row = await require_entry(session, entry_id)
            if row.changed_at.isoformat() != seen:
                raise ChangedMeanwhile(row.changed_at)
            by = Author(member.id, house.now())
            document = change(row.document)
            await save_entry(session, document, open_areas(house), by, seen=row.changed_at)
            await note(house, session, member, f"directory_{told}", entry_id)
    except ChangedMeanwhile:
        told = "changed_meanwhile"
    except EntryRefused:
        told = "refused"
    return to_service(entry_id, told)
