"""A message that nobody sent: what the bot in use would make of it. Nothing of it is kept."""

from collections.abc import Sequence
from typing import Annotated

import httpx
from fastapi import APIRouter, Depends, Form, Response

from bot.settings import Settings
from bot.understanding import Understanding, Understood, decide_next
from bot.watching import Watched
from bot.wire.meaning import Meaning
from console.house import House
from console.members import Member, allowed

Text = Annotated[str, Form()]
#: Characters. A text message of ours may be longer, but nobody tries one by hand.
LONGEST = 1_000
#: Seconds.
PATIENCE = httpx.Timeout(10, connect=1)
AWAY = "The engine does not answer. Is Waymark running? Try again in a moment."


class EngineAway(Exception):
    """The engine cannot be asked now."""


def routes(house: House) -> APIRouter:
    """``/conversation/try``."""
    router = APIRouter()
    reader = Annotated[Member, Depends(allowed(house, "conversation"))]

    # Made when somebody first tries a message: it holds all places of the country.
    understanding = Watched(lambda: house.site, lambda: Understanding(house.site))

    @router.get("/conversation/try")
    async def page(member: reader) -> Response:
        return _show(house, member)

    @router.post("/conversation/try")
    async def look(member: reader, text: Text = "") -> Response:
        text = text.strip()[:LONGEST]
        if not text:
            return _show(house, member)
        try:
            ranking, pieces = await _rank(house.settings, text)
        except EngineAway:
            return _show(house, member, text, fault=AWAY)
        looked = understanding().look(text)
        return _show(house, member, text, understanding().understand(looked, ranking, pieces))

    return router


def _show(
    house: House, member: Member, text: str = "", found: Understood | None = None, fault: str = ""
) -> Response:
    return house.pages.show(
        member, "try.html", status=503 if fault else 200, text=text, found=found, fault=fault,
        next=decide_next(found) if found else "", longest=LONGEST,
    )  # fmt: skip


async def _rank(
    settings: Settings, untrusted_text: str
) -> tuple[Sequence[Meaning], Sequence[Sequence[Meaning]]]:
    """The engine's ranking, and those of a long message's pieces. Raises :class:`EngineAway`."""
    headers = {"Authorization": f"Bearer {settings.engine_token.reveal()}"}
    url = f"http://127.0.0.1:{settings.engine_port}/webhooks/turn/understand"
    try:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as engine:
            answer = await engine.post(url, json={"text": untrusted_text}, headers=headers)
            read = answer.raise_for_status().json()
    except httpx.HTTPError as error:
        raise EngineAway from error
    return _meanings(read["ranking"]), [_meanings(piece) for piece in read["pieces"]]


def _meanings(read: Sequence[dict[str, object]]) -> list[Meaning]:
    return [Meaning(str(one["intent"]), float(str(one["confidence"]))) for one in read]
