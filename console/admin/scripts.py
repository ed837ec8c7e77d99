"""Tests: conversations that have to go on as they do, to read, to save, and to take away."""

import uuid
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse

from bot.flows.scripts import Script, Turn
from bot.store.audit import save_audit
from bot.store.rehearsals import EVERYTHING, find_last_rehearsal
from bot.store.releases import find_open_releases
from bot.store.scripts import drop_script, find_saved_script, save_script
from console.admin.change_forms import BadForm
from console.admin.differences import count_open
from console.admin.kept_scripts import Shelf
from console.admin.rehearsing import find_played
from console.admin.talk_forms import CHANNELS, LONGEST_NAME, TAKEN, parse_name
from console.house import House
from console.members import Member, allowed

WAY = "/conversation/tests"
Text = Annotated[str, Form()]


def routes(house: House) -> APIRouter:
    """``/conversation/tests``."""
    router, shelf = APIRouter(), Shelf(house)
    reader = Annotated[Member, Depends(allowed(house, "conversation"))]
    author = Annotated[Member, Depends(allowed(house, "release"))]

    @router.get(WAY)
    async def index(member: reader) -> Response:
        kept = await shelf.find_all()
        async with house.sessions() as session:
            last = await find_last_rehearsal(session, None, EVERYTHING)
            releases = await find_open_releases(session)
        by_language = {
            language: [one for one in kept if one.script.language == language]
            for language in sorted({one.script.language for one in kept})
        }
        return house.pages.show(
            member, "tests.html", by_language=by_language, last=last, releases=releases,
            channels=CHANNELS, otherwise=count_open((last and last.result) or {}, {}),
        )  # fmt: skip

    @router.get(WAY + "/one")
    async def one(member: reader, language: str, name: str) -> Response:
        return await show_one(member, language, name)

    async def show_one(
        member: Member, language: str, name: str, fault: str = "", typed: str = ""
    ) -> Response:
        kept = await shelf.find(language, name)
        if kept is None:
            raise HTTPException(404)
        async with house.sessions() as session:
            releases = await find_open_releases(session)
        return house.pages.show(
            member, "test.html", status=422 if fault else 200, kept=kept, releases=releases,
            channels=CHANNELS, sentences=await shelf.open_sentences(), fault=fault,
            typed=typed or name, longest=LONGEST_NAME,
        )  # fmt: skip

    @router.get(WAY + "/new")
    async def new(member: author, rehearsal: uuid.UUID) -> Response:
        return await show_new(member, rehearsal)

    async def show_new(
        member: Member, rehearsal: uuid.UUID, fault: str = "", typed: str = ""
    ) -> Response:
        script = await read_script(rehearsal)
        return house.pages.show(
            member, "test_new.html", status=422 if fault else 200, script=script,
            rehearsal=rehearsal, sentences=await shelf.open_sentences(), channels=CHANNELS,
            fault=fault, typed=typed, longest=LONGEST_NAME,
        )  # fmt: skip

    async def read_script(rehearsal: uuid.UUID) -> Script:
        """What was heard in a talk, as what is expected from now on."""
        played = await find_played(house, rehearsal)
        if played is None or played.row.result is None or played.row.script is not None:
            raise HTTPException(404)
        row, turns = played.row, played.row.result["turns"]
        return Script("", row.language, tuple(map(Turn.from_json, turns)), row.channel)

    @router.post(WAY)
    async def save(member: author, rehearsal: Annotated[uuid.UUID, Form()], name: Text) -> Response:
        heard = await read_script(rehearsal)
        try:
            title = parse_name(name, heard.language, await shelf.find_shipped())
            script = Script(title, heard.language, heard.turns, heard.channel)
            await keep(member, script, "test_saved")
        except BadForm as error:
            return await show_new(member, rehearsal, str(error), name)
        return _go(script)

    @router.post(WAY + "/{script_id}/rename")
    async def rename(member: author, script_id: uuid.UUID, name: Text) -> Response:
        async with house.sessions() as session:
            script = _require(await find_saved_script(session, script_id))
        try:
            title = parse_name(name, script.language, await shelf.find_shipped())
            renamed = Script(title, script.language, script.turns, script.channel)
            if renamed != script:
                await keep(member, renamed, "test_renamed", script_id)
        except BadForm as error:
            return await show_one(member, script.language, script.name, str(error), name)
        return _go(renamed)

    async def keep(
        member: Member, script: Script, what: str, instead_of: uuid.UUID | None = None
    ) -> None:
        """Save it, in the place of another one. Raises :class:`BadForm`."""
        async with house.sessions.begin() as session:
            script_id = await save_script(session, script, member.id, house.now())
            if script_id is None:
                raise BadForm(TAKEN)
            if instead_of is not None:
                await drop_script(session, instead_of)
            await save_audit(session, member.id, what, house.now(), about=str(script_id))

    @router.post(WAY + "/{script_id}/drop")
    async def drop(member: author, script_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            _require(await find_saved_script(session, script_id))
            await drop_script(session, script_id)
            await save_audit(session, member.id, "test_dropped", house.now(), about=str(script_id))
        return RedirectResponse(WAY, status_code=303)

    return router


def _require(script: Script | None) -> Script:
    if script is None:
        raise HTTPException(404)
    return script


def _go(script: Script) -> Response:
    asked = urlencode({"language": script.language, "name": script.name})
    return RedirectResponse(f"{WAY}/one?{asked}", status_code=303)
