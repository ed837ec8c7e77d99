"""What providers answered, as a list to settle: count it as made sure of, or change the entry."""

import uuid
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.entries import Author, save_entry
from bot.directory.errors import EntryRefused
from bot.store.entries import find_entry
from bot.store.entry_pages import find_names
from bot.store.provider_answers import (
    claim_answer,
    count_open_answers,
    find_open_answers,
    settle_answer,
)
from bot.store.tables import ProviderAnswerRow
from console.directory.areas import open_areas
from console.directory.ways import find_today, note
from console.house import House
from console.members import Member, allowed

Text = Annotated[str, Form()]


@dataclass(frozen=True)
class Waiting:
    """An answer with the name of its service; ``None`` once that is gone."""

    row: ProviderAnswerRow
    name: str | None


def routes(house: House) -> APIRouter:
    """``/directory/answers``."""
    router = APIRouter()
    author = Annotated[Member, Depends(allowed(house, "directory_change"))]

    @router.get("/directory/answers")
    async def page(member: author) -> Response:
        async with house.sessions() as session:
            rows = await find_open_answers(session)
            names = await find_names(session, [row.entry_id for row in rows])
            count = await count_open_answers(session)
        waiting = [Waiting(row, names.get(row.entry_id)) for row in rows]
        return house.pages.show(member, "directory_answers.html", waiting=waiting, count=count)

    @router.post("/directory/answers/{answer_id}")
    async def settle(member: author, answer_id: uuid.UUID, do: Text = "") -> Response:
        try:
            async with house.sessions.begin() as session:
                row = await claim_answer(session, answer_id)
                if row is None:
                    raise HTTPException(404)
                if do == "assure" and row.is_right:
                    await _assure(house, session, member, row)
                settle_answer(row, member.id, house.now())
                await note(house, session, member, "directory_answer_settled", row.entry_id)
        except EntryRefused:  # it could not be saved as it is even without a change
            raise HTTPException(422) from None
        return RedirectResponse("/directory/answers", status_code=303)

    return router


async def _assure(
    house: House, session: AsyncSession, member: Member, row: ProviderAnswerRow
) -> None:
    """The provider's word counts from the day on which it was given."""
    entry = await find_entry(session, row.entry_id)
    if entry is None:
        return
    day = min(row.said_at.astimezone(house.site.timezone).date(), find_today(house))
    document = {**entry.document, "assured_date": day.isoformat()}
    by = Author(member.id, house.now())
    await save_entry(session, document, open_areas(house), by, seen=entry.changed_at)
