"""The simulator: talk with a draft, beside what is in use, before anybody else can."""

import uuid
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from bot.store.rehearsals import Wish, call_off_rehearsal
from bot.store.releases import find_open_releases
from console.admin.change_forms import BadForm
from console.admin.rehearsing import Played, ask, find_played
from console.admin.talk_forms import (
    CHANNELS,
    LONGEST_LINE,
    Talk,
    parse_next_lines,
    parse_release_id,
    read_talk,
    require_known,
)
from console.admin.talk_view import find_choices, pair_lines, render_value
from console.house import House
from console.members import Member, allowed

WAY = "/conversation/simulator"
GONE = "What was played is kept for a day, and this talk is gone. Begin anew."
#: What people call the two versions.
DRAFT, IN_USE = "In the draft", "In use"


def routes(house: House) -> APIRouter:
    """``/conversation/simulator``, and how far any rehearsal is."""
    router = APIRouter()
    reader = Annotated[Member, Depends(allowed(house, "conversation"))]

    @router.get(WAY)
    async def page(
        member: reader, release: str = "", used: uuid.UUID | None = None,
        draft: uuid.UUID | None = None,
    ) -> Response:  # fmt: skip
        sides = await _find_sides(house, used, draft)
        if (used or draft) and not sides:
            return await _show(house, member, Talk(release), {}, GONE)
        return await _show(house, member, _find_talk(house, release, sides), sides)

    @router.post(WAY)
    async def say(member: reader, request: Request) -> Response:
        form = await request.form()
        talk = read_talk(form)
        try:
            require_known(talk, house.site.languages)
            release, says = parse_release_id(talk.release), parse_next_lines(form, talk.says)
            if not says:
                return _go(release=talk.release)
            # What is in use is there at once, and a draft may have to be trained first.
            wishes = {"used": Wish(None, talk.channel, talk.language, says)}
            if release:
                wishes["draft"] = Wish(release, talk.channel, talk.language, says)
            ids = await ask(house, member, list(wishes.values()))
        except BadForm as error:
            sides = await _find_sides(house, **_read_ids(form))
            return await _show(house, member, talk, sides, str(error), str(form.get("line", "")))
        return _go(**dict(zip(wishes, map(str, ids), strict=True)))

    @router.post(WAY + "/call-off")
    async def stop(member: reader, request: Request) -> Response:
        ids = _read_ids(await request.form())
        async with house.sessions.begin() as session:
            for rehearsal_id in ids.values():
                await call_off_rehearsal(session, rehearsal_id, house.now())
        return _go(**{name: str(one) for name, one in ids.items()})

    @router.get("/conversation/rehearsals/{rehearsal_id}/progress")
    async def progress(member: reader, rehearsal_id: uuid.UUID) -> dict[str, object]:
        played = await find_played(house, rehearsal_id)
        if played is None:
            raise HTTPException(404)
        return {"state": played.row.state, "progress": played.row.progress}

    return router


async def _find_sides(
    house: House, used: uuid.UUID | None = None, draft: uuid.UUID | None = None
) -> dict[str, Played]:
    """What is played of one talk, by what people call it; the draft first."""
    asked = {DRAFT: draft, IN_USE: used}
    found = {name: await find_played(house, one) for name, one in asked.items() if one}
    return {name: one for name, one in found.items() if one and one.row.script is None}


def _find_talk(house: House, release: str, sides: dict[str, Played]) -> Talk:
    """What the rehearsals were asked to play."""
    if not sides:
        return Talk(release, language=house.site.default_language)
    row = next(iter(sides.values())).row
    return Talk(str(row.release_id or ""), row.channel, row.language, tuple(row.says))


async def _show(
    house: House, member: Member, talk: Talk, sides: dict[str, Played], fault: str = "",
    typed: str = "",
) -> Response:  # fmt: skip
    async with house.sessions() as session:
        releases = await find_open_releases(session)
    results: dict[str, Any] = {name: one.row.result for name, one in sides.items() if one.done}
    lines = pair_lines(talk.says, results)
    return house.pages.show(
        member, "simulator.html", status=422 if fault else 200, talk=talk, sides=sides,
        waiting={name: one for name, one in sides.items() if not one.ended}, lines=lines,
        choices=find_choices(lines), results=results, releases=releases, channels=CHANNELS,
        languages=house.site.languages, fault=fault, typed=typed, longest=LONGEST_LINE,
        render_value=render_value,
    )  # fmt: skip


def _read_ids(form: FormData) -> dict[str, uuid.UUID]:
    """The rehearsals that the page showed."""
    try:
        return {name: uuid.UUID(str(form[name])) for name in ("used", "draft") if form.get(name)}
    except ValueError as error:
        raise HTTPException(404) from error


def _go(**asked: str) -> Response:
    return RedirectResponse(f"{WAY}?{urlencode(asked)}#last", status_code=303)
