"""Releases: what is to change, what the gate says, and who agrees."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.flows.changes import apply_changes, tell_change
from bot.flows.edition import Edition
from bot.flows.places import Place
from bot.flows.sheet import NoSuchPlace
from bot.settings import ROOT
from bot.store.audit import save_audit
from bot.store.releases import (
    Release,
    claim_release,
    drop_change,
    find_release,
    find_releases,
    save_opinion,
)
from console.admin.change_forms import LONGEST_WHY
from console.admin.checking import check_release
from console.house import House
from console.members import Member, allowed

Text = Annotated[str, Form()]
NO_WHY = "Say in a few words why, so that others can mend it."


def routes(house: House) -> APIRouter:
    """``/releases``."""
    router = APIRouter()
    reader = Annotated[Member, Depends(allowed(house, "conversation"))]
    author = Annotated[Member, Depends(allowed(house, "release"))]
    approver = Annotated[Member, Depends(allowed(house, "release_agree"))]
    refuser = Annotated[Member, Depends(allowed(house, "release_refuse"))]

    @router.get("/releases")
    async def index(member: reader) -> Response:
        async with house.sessions() as session:
            releases = await find_releases(session)
        return house.pages.show(member, "releases.html", releases=releases)

    @router.get("/releases/{release_id}")
    async def page(member: reader, release_id: uuid.UUID) -> Response:
        async with house.sessions() as session:
            release = _require(await find_release(session, release_id))
        return _show(house, member, release)

    @router.get("/releases/{release_id}/patch")
    async def patch(member: reader, release_id: uuid.UUID) -> Response:
        async with house.sessions() as session:
            release = _require(await find_release(session, release_id))
        edition = Edition(ROOT)
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
    async def agree(member: approver, release_id: uuid.UUID) -> Response:
        return await _say(house, member, release_id, agrees=True)

    @router.post("/releases/{release_id}/refuse")
    async def refuse(member: refuser, release_id: uuid.UUID, why: Text = "") -> Response:
        return await _say(house, member, release_id, agrees=False, why=" ".join(why.split()))

    @router.post("/releases/{release_id}/take-out")
    async def take_out(member: author, release_id: uuid.UUID, place: Text) -> Response:
        async with house.sessions.begin() as session:
            release = _require(await claim_release(session, release_id))
            try:
                await drop_change(session, release, Place.parse(place))
            except NoSuchPlace as error:
                raise HTTPException(404) from error
            await _note(house, session, member, "release_changed", release_id)
        return _back(release_id)

    @router.post("/releases/{release_id}/drop")
    async def drop(member: author, release_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            _require(await claim_release(session, release_id)).row.state = "dropped"
            await _note(house, session, member, "release_dropped", release_id)
        return RedirectResponse("/releases", status_code=303)

    return router


def _show(house: House, member: Member, release: Release, fault: str = "") -> Response:
    told = [(saved, tell_change(saved.change)) for saved in release.changes]
    return house.pages.show(
        member, "release.html", status=422 if fault else 200, release=release, row=release.row,
        told=told, fault=fault, longest=LONGEST_WHY,
    )  # fmt: skip


async def _check(house: House, release_id: uuid.UUID) -> None:
    """Keep what the gate says, unless the release changed while it looked."""
    async with house.sessions() as session:
        release = _require(await find_release(session, release_id))
    findings = await check_release(release, house.site)
    async with house.sessions.begin() as session:
        now_there = _require(await claim_release(session, release_id))
        if now_there.changes == release.changes:
            now_there.row.findings, now_there.row.checked_at = findings, house.now()


async def _say(
    house: House, member: Member, release_id: uuid.UUID, *, agrees: bool, why: str = ""
) -> Response:
    async with house.sessions.begin() as session:
        release = _require(await claim_release(session, release_id))
        if release.row.state == "draft":
            raise HTTPException(404)
        if not agrees and not 0 < len(why) <= LONGEST_WHY:
            return _show(house, member, release, NO_WHY)
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
