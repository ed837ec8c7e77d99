"""Tests played against a draft or what is in use, and what a release agrees to have otherwise."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.flows.scripts import Script
from bot.store.audit import save_audit
from bot.store.rehearsals import EVERYTHING, Wish, call_off_rehearsal, find_rehearsal
from bot.store.releases import Release, claim_release, find_release
from bot.store.scripts import agree_to_script, drop_agreed_script, find_agreed_scripts
from console.admin.change_forms import BadForm
from console.admin.differences import find_differences, find_open, group_by_standing
from console.admin.kept_scripts import Shelf
from console.admin.rehearsing import Played, ask, ask_for_everything, find_played, is_older
from console.admin.talk_forms import CHANNELS, parse_release_id
from console.admin.talk_view import render_value
from console.house import House
from console.members import Member, allowed

WAY = "/conversation/tests"
Text = Annotated[str, Form()]
_OPEN = ("draft", "proposed", "approved")


@dataclass(frozen=True)
class Behind:
    """The release that was played, and what it agreed to have otherwise."""

    release: Release | None
    agreed: Mapping[tuple[str, str], Script]

    def may_agree(self, played: Played) -> bool:
        """Whether the release is open, and still as it was played."""
        if self.release is None or self.release.row.state not in _OPEN:
            return False
        return not is_older(played, self.release)


def routes(house: House) -> APIRouter:
    """``/conversation/tests/play``, its results, and what releases make of them."""
    router, shelf = APIRouter(), Shelf(house)
    reader = Annotated[Member, Depends(allowed(house, "conversation"))]
    author = Annotated[Member, Depends(allowed(house, "release"))]

    @router.post(WAY + "/play")
    async def play(
        member: reader, release: Text = "", language: Text = "", name: Text = EVERYTHING
    ) -> Response:
        try:
            release_id = parse_release_id(release)
            if name == EVERYTHING:
                return _go(await ask_for_everything(house, member, release_id))
            kept = await shelf.find(language, name)
            if kept is None:
                raise HTTPException(404)
            wish = Wish(release_id, kept.script.channel, language, script=name)
            return _go((await ask(house, member, [wish]))[0])
        except BadForm as error:
            raise HTTPException(422) from error

    @router.get(WAY + "/played/{rehearsal_id}")
    async def page(member: reader, rehearsal_id: uuid.UUID) -> Response:
        played = await find_played(house, rehearsal_id)
        if played is None or played.row.script is None:
            raise HTTPException(404)
        async with house.sessions() as session:
            behind = await _find_behind(session, played)
        result: dict[str, Any] = played.row.result or {}
        changes = [one.change for one in behind.release.changes] if behind.release else []
        return house.pages.show(
            member, "played.html", played=played, result=result, everything=EVERYTHING,
            standings=group_by_standing(find_differences(result), behind.agreed),
            may_agree=behind.may_agree(played), release=behind.release,
            older=behind.release is not None and is_older(played, behind.release),
            turns=result.get("turns", ()),
            sentences=await shelf.open_sentences(changes), channels=CHANNELS,
            before=await shelf.open_sentences(), render_value=render_value,
        )  # fmt: skip

    @router.post(WAY + "/played/{rehearsal_id}/call-off")
    async def stop(member: reader, rehearsal_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            await call_off_rehearsal(session, rehearsal_id, house.now())
        return _go(rehearsal_id)

    @router.post("/releases/{release_id}/conversations/agree")
    async def agree(
        member: author, release_id: uuid.UUID, rehearsal: Annotated[uuid.UUID, Form()],
        language: Text, name: Text,
    ) -> Response:  # fmt: skip
        async with house.sessions.begin() as session:
            release = await claim_release(session, release_id)
            row = await find_rehearsal(session, rehearsal)
            if release is None or row is None or row.release_id != release_id or not row.result:
                raise HTTPException(404)
            script = find_open(row.result, language, name)
            if script is None or is_older(Played(row, release.row.title), release):
                raise HTTPException(404)
            await agree_to_script(session, release, script, member.id, house.now())
            about = str(release_id)
            await save_audit(session, member.id, "release_test_agreed", house.now(), about=about)
        return _go(rehearsal)

    @router.post("/releases/{release_id}/conversations/keep")
    async def keep(member: author, release_id: uuid.UUID, language: Text, name: Text) -> Response:
        async with house.sessions.begin() as session:
            release = await claim_release(session, release_id)
            if release is None:
                raise HTTPException(404)
            await drop_agreed_script(session, release, language, name, member.id)
            about = str(release_id)
            await save_audit(session, member.id, "release_test_kept", house.now(), about=about)
        return RedirectResponse(f"/releases/{release_id}#conversations", status_code=303)

    return router


async def _find_behind(session: AsyncSession, played: Played) -> Behind:
    release_id = played.row.release_id
    if release_id is None:
        return Behind(None, {})
    agreed = await find_agreed_scripts(session, release_id)
    return Behind(
        await find_release(session, release_id), {one.script.key: one.script for one in agreed}
    )


def _go(rehearsal_id: uuid.UUID) -> Response:
    return RedirectResponse(f"{WAY}/played/{rehearsal_id}", status_code=303)
