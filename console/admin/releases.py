"""Releases: what is to change, what the gate says, and who agrees."""

import asyncio
import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.flows.changes import apply_changes, tell_change
from bot.flows.checking import check_changes
from bot.flows.edition import Edition
from bot.flows.places import Place
from bot.flows.published import read_published, read_release
from bot.flows.sheet import NoSuchPlace
from bot.flows.updating import has_something
from bot.store.audit import save_audit
from bot.store.jobs import save_release_job
from bot.store.publishing import ask_to_publish, call_off
from bot.store.releases import (
    Release,
    claim_release,
    drop_change,
    find_release,
    find_releases,
    save_opinion,
)
from bot.store.scripts import find_agreed_scripts
from console.admin.change_forms import LONGEST_WHY, parse_moment
from console.admin.kept_scripts import Shelf
from console.admin.release_conversations import find_played_with
from console.admin.release_version import find_version
from console.house import House
from console.members import Member, allowed, freshly

Text = Annotated[str, Form()]
NO_WHY = "Say in a few words why, so that others can mend it."
MEANWHILE = (
    "It was changed after you opened this page, so your yes was not noted. This is how it is now."
)


def routes(house: House) -> APIRouter:
    """``/releases``."""
    router, shelf = APIRouter(), Shelf(house)
    reader = Annotated[Member, Depends(allowed(house, "conversation"))]
    author = Annotated[Member, Depends(allowed(house, "release"))]
    approver = Annotated[Member, Depends(allowed(house, "release_agree"))]
    refuser = Annotated[Member, Depends(allowed(house, "release_refuse"))]
    publisher = Annotated[Member, Depends(freshly(house, "release_publish"))]

    @router.get("/releases")
    async def index(member: reader) -> Response:
        async with house.sessions() as session:
            releases = await find_releases(session)
        used = read_release(read_published(house.settings.home))
        return house.pages.show(
            member, "releases.html", releases=releases, used=used,
            to_look_at=has_something(house.content()),
        )  # fmt: skip

    @router.get("/releases/{release_id}")
    async def page(member: reader, release_id: uuid.UUID) -> Response:
        async with house.sessions() as session:
            release = _require(await find_release(session, release_id))
        return await _show(house, shelf, member, release)

    @router.get("/releases/{release_id}/patch")
    async def patch(member: reader, release_id: uuid.UUID) -> Response:
        async with house.sessions() as session:
            release = _require(await find_release(session, release_id))
        edition = Edition(house.content(), pack=house.settings.site_path)
        apply_changes(edition, [one.change for one in release.changes])
        name = f"release-{str(release_id)[:8]}.patch"
        return Response(
            edition.render_patch(),
            media_type="text/x-diff",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    @router.post("/releases/{release_id}/check")
    async def check(member: author, release_id: uuid.UUID) -> Response:
        await _check(house, release_id)
        return _back(release_id)

    @router.post("/releases/{release_id}/propose")
    async def propose(member: author, release_id: uuid.UUID) -> Response:
        await _check(house, release_id)
        async with house.sessions.begin() as session:
            release = _require(await claim_release(session, release_id))
            # Somebody may have changed it while the gate looked.
            if release.changes and release.row.findings == []:
                if release.row.state == "draft":
                    release.row.state = "proposed"
                await _note(house, session, member, "release_proposed", release_id)
        return _back(release_id)

    @router.post("/releases/{release_id}/agree")
    async def agree(member: approver, release_id: uuid.UUID, seen: Text = "") -> Response:
        return await _say(house, shelf, member, release_id, agrees=True, seen=seen)

    @router.post("/releases/{release_id}/refuse")
    async def refuse(member: refuser, release_id: uuid.UUID, why: Text = "") -> Response:
        return await _say(house, shelf, member, release_id, agrees=False, why=" ".join(why.split()))

    @router.post("/releases/{release_id}/take-out")
    async def take_out(member: author, release_id: uuid.UUID, place: Text) -> Response:
        async with house.sessions.begin() as session:
            release = _require(await claim_release(session, release_id))
            try:
                await drop_change(session, release, Place.parse(place), member.id)
            except NoSuchPlace as error:
                raise HTTPException(404) from error
            await _note(house, session, member, "release_changed", release_id)
        return _back(release_id)

    @router.post("/releases/{release_id}/publish")
    async def publish(member: publisher, release_id: uuid.UUID, at: Text = "") -> Response:
        moment = parse_moment(at, house.site.timezone)
        async with house.sessions.begin() as session:
            if not await ask_to_publish(session, release_id, member.id, moment):
                raise HTTPException(404)
            await _note(house, session, member, "release_publishing", release_id)
        return _back(release_id)

    @router.post("/releases/{release_id}/call-off")
    async def stop(member: publisher, release_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            if not await call_off(session, release_id):
                raise HTTPException(404)
            await _note(house, session, member, "release_called_off", release_id)
        return _back(release_id)

    @router.post("/releases/go-back")
    async def put_back(member: publisher) -> Response:
        async with house.sessions.begin() as session:
            await save_release_job(session, "", None)
            await save_audit(session, member.id, "release_shipped", house.now())
        return RedirectResponse("/releases", status_code=303)

    @router.get("/releases/{release_id}/progress")
    async def progress(member: reader, release_id: uuid.UUID) -> dict[str, object]:
        async with house.sessions() as session:
            row = _require(await find_release(session, release_id)).row
        return {"state": row.state, "progress": row.progress}

    @router.post("/releases/{release_id}/drop")
    async def drop(member: author, release_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            _require(await claim_release(session, release_id)).row.state = "dropped"
            await _note(house, session, member, "release_dropped", release_id)
        return RedirectResponse("/releases", status_code=303)

    return router


async def _show(
    house: House, shelf: Shelf, member: Member, release: Release, fault: str = ""
) -> Response:
    told = [(saved, tell_change(saved.change)) for saved in release.changes]
    played = await find_played_with(house, shelf, release)
    return house.pages.show(
        member, "release.html", status=422 if fault else 200, release=release, row=release.row,
        told=told, fault=fault, longest=LONGEST_WHY, played=played,
        version=find_version(release, [one.saved.script for one in played.changed]),
        used=read_release(read_published(house.settings.home)) == str(release.row.id),
    )  # fmt: skip


async def _check(house: House, release_id: uuid.UUID) -> None:
    """Keep what the gate says, unless the release changed while it looked."""
    async with house.sessions() as session:
        release = _require(await find_release(session, release_id))
    changes = [one.change for one in release.changes]
    findings = await asyncio.to_thread(check_changes, house.content(), changes, house.site)
    async with house.sessions.begin() as session:
        now_there = _require(await claim_release(session, release_id))
        if now_there.changes == release.changes:
            now_there.row.findings, now_there.row.checked_at = findings, house.now()


async def _say(
    house: House, shelf: Shelf, member: Member, release_id: uuid.UUID, *, agrees: bool,
    why: str = "", seen: str = "",
) -> Response:  # fmt: skip
    async with house.sessions.begin() as session:
        release = _require(await claim_release(session, release_id))
        if release.row.state == "draft":
            raise HTTPException(404)
        if not agrees and not 0 < len(why) <= LONGEST_WHY:
            return await _show(house, shelf, member, release, NO_WHY)
        if agrees:
            agreed = [one.script for one in await find_agreed_scripts(session, release_id)]
            # Nobody agrees to what they have not read.
            if seen != find_version(release, agreed):
                return await _show(house, shelf, member, release, MEANWHILE)
        await save_opinion(session, release, member.id, agrees, why, house.now())
        what = "release_agreed" if agrees else "release_refused"
        await _note(house, session, member, what, release_id)
    return _back(release_id)


async def _note(
    house: House, session: AsyncSession, member: Member, what: str, release_id: uuid.UUID
) -> None:
    await save_audit(session, member.id, what, house.now(), about=str(release_id))


def _require(release: Release | None) -> Release:
    if release is None:
        raise HTTPException(404)
    return release


def _back(release_id: uuid.UUID) -> Response:
    return RedirectResponse(f"/releases/{release_id}", status_code=303)
