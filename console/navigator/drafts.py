"""What is being written: kept sealed at every pause, and weighed for whoever will read it."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import JSONResponse

from bot.care.canned import find_blanks
from bot.care.grade import WANTED, estimate_grade
from bot.store.drafts import save_draft
from bot.store.said import open_said
from bot.store.writing import ask_for_sign
from bot.wire.segments import count_segments, is_gsm7
from bot.wire.shortening import shorten
from console.house import House
from console.members import Member, allowed
from console.navigator.sending import LONGEST, find_language, find_writable

#: Characters that are kept of a draft: what is too long to send is not lost while it is cut.
LONGEST_DRAFT = 10_000
#: Parts of a text beyond which it arrives late, or in the wrong order.
FEW_SEGMENTS = 2
#: The channel of which each letter is counted.
_BY_LETTER = "sms"

_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


@dataclass(frozen=True)
class Weight:
    """How heavy a text is. ``segments`` is there where texts are cut into parts; ``grade`` is an
    estimate, ``None`` where there is no measure. ``hints`` are sentences for the navigator.
    """

    segments: int | None
    characters: int
    grade: int | None
    hints: tuple[str, ...]


def routes(house: House) -> APIRouter:
    """``/people/{person_id}/draft``."""
    router = APIRouter()
    talk = Annotated[Member, Depends(allowed(house, "talk"))]

    @router.post("/people/{person_id}/draft")
    async def save(
        member: talk, person_id: uuid.UUID, line_id: Annotated[uuid.UUID, Form()],
        untrusted_words: Annotated[str, Form(alias="words")] = "",
    ) -> Response:  # fmt: skip
        text = untrusted_words[:LONGEST_DRAFT]
        now = house.now()
        async with house.sessions.begin() as session:
            held = await find_writable(house, session, member, person_id)
            held.row.active_at = now
            is_sent = await open_said(session, held.key, person_id, line_id) is not None
            if not is_sent:  # a save may come in later than the text that it became
                await save_draft(session, held.key, person_id, member.id, text, now)
                await ask_for_sign(session, house.vault, held.person, now)
            language = await find_language(session, held)
        weight = weigh(text, held.person.channel, language)
        return JSONResponse({"saved": True, **asdict(weight)})

    return router


def weigh(text: str, channel: str, language: str) -> Weight:
    """The text as its channel sends it, with what would make it easier to read."""
    grade = estimate_grade(text, language)
    segments = _count_segments(text) if channel == _BY_LETTER else None
    return Weight(
        segments=segments,
        characters=len(text),
        grade=grade,
        hints=tuple(_find_hints(text, channel, grade, segments)),
    )


def _count_segments(text: str) -> int:
    return count_segments(shorten(text)).count if text else 0


def _find_hints(text: str, channel: str, grade: int | None, segments: int | None) -> Iterator[str]:
    if blanks := find_blanks(text):
        yield f"Still open: {', '.join(f'{{{one}}}' for one in blanks)}."
    if len(text) > LONGEST:
        yield f"Longer than {LONGEST:,} characters: it can not be sent like this."
    elif segments and segments > FEW_SEGMENTS:
        yield f"{segments} texts long: up to {FEW_SEGMENTS} arrive best."
    if channel == _BY_LETTER and (letter := _find_costly(text)):
        yield f"“{letter}” makes each text hold 70 letters instead of 160."
    if grade is not None and grade > WANTED:
        yield f"About grade {grade}: shorter words and sentences help."
    if _LINK.search(text):
        yield "A visit to a link can stay in their phone's history."


def _find_costly(text: str) -> str:
    """The first letter that the short alphabet of texts does not have, however it is written."""
    sent = shorten(text)
    if is_gsm7(sent):
        return ""
    return next((one for one in sent if not is_gsm7(shorten(one)) and one.isprintable()), "")
