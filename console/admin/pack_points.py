"""A pack of others, gone through point by point before it may go live."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import SiteError
from bot.packs.checking import TRIAL, Report, check_folder
from bot.packs.errors import NoSuchPoint, PackError
from bot.packs.origin import Origin, read_origin
from bot.packs.settling import Answer, save_answer
from bot.packs.shelf import find_pack, forget_pack
from bot.site_localise import Point, read_points
from bot.store.audit import save_audit
from console.house import House
from console.members import Member, freshly

Text = Annotated[str, Form()]

#: Characters of the name of whoever answers for a point.
LONGEST_NAME = 100
NO_NAME = "Write the name of whoever answers for it, in up to 100 characters."
IN_USE = "This house uses this folder, so it cannot be thrown away."


@dataclass(frozen=True)
class Looked:
    """A folder as it is now."""

    folder: Path
    origin: Origin | None
    points: tuple[Point, ...]
    report: Report


@dataclass(frozen=True)
class Written:
    """The form of one point as it came, to be shown again; ``fault`` says what is wrong in it."""

    point: str = ""
    done: bool = False
    by: str = ""
    fault: str = ""


def routes(house: House) -> APIRouter:
    """``/pack/{name}``."""
    router = APIRouter()
    admin = Annotated[Member, Depends(freshly(house, "pack"))]

    @router.get("/pack/{name}")
    async def page(member: admin, name: str) -> Response:
        return await _show(house, member, _require(house, name))

    @router.post("/pack/{name}/points")
    async def settle(
        member: admin, name: str, point: Text, by: Text = "", settled: Text = "",
        seen_by: Text = "", seen_settled: Text = "",
    ) -> Response:  # fmt: skip
        folder, answer = _require(house, name), Answer(settled == "yes", " ".join(by.split()))
        if not point.isprintable():
            raise HTTPException(404)
        if not _is_name(answer):
            return await _show(house, member, folder, Written(point, answer.done, by, NO_NAME))
        try:
            async with house.sessions.begin() as session:
                await _note_answer(house, session, member, f"{name} {point}", answer)
                seen = Answer(seen_settled == "yes", seen_by)
                await asyncio.to_thread(save_answer, folder, point, seen, answer)
        except NoSuchPoint as error:
            raise HTTPException(404) from error
        except (PackError, SiteError) as error:
            written = Written(point, answer.done, answer.by, str(error))
            return await _show(house, member, folder, written)
        return RedirectResponse(f"/pack/{name}#{quote(point)}", status_code=303)

    @router.get("/pack/{name}/throw-away")
    async def ask(member: admin, name: str) -> Response:
        return _show_end(house, member, _require(house, name))

    @router.post("/pack/{name}/throw-away")
    async def throw_away(member: admin, name: str) -> Response:
        folder = _require(house, name)
        if _is_in_use(house, folder):
            return _show_end(house, member, folder)
        async with house.sessions.begin() as session:
            await save_audit(session, member.id, "pack_thrown_away", house.now(), about=name)
            await asyncio.to_thread(forget_pack, folder)
        return RedirectResponse("/pack", status_code=303)

    return router


async def _note_answer(
    house: House, session: AsyncSession, member: Member, about: str, answer: Answer
) -> None:
    what = "pack_point_settled" if answer.done else "pack_point_opened"
    await save_audit(session, member.id, what, house.now(), about=about)


async def _show(
    house: House, member: Member, folder: Path, written: Written | None = None
) -> Response:
    """The page; ``written`` takes the place of what the file says in the form of its point."""
    looked = await asyncio.to_thread(_look, folder)
    return house.pages.show(
        member, "pack.html", status=422 if written else 200, looked=looked, trial=TRIAL,
        written=written or Written(), longest=LONGEST_NAME, in_use=_is_in_use(house, folder),
    )  # fmt: skip


def _show_end(house: House, member: Member, folder: Path) -> Response:
    in_use = _is_in_use(house, folder)
    return house.pages.show(
        member, "pack_end.html", status=422 if in_use else 200, name=folder.name,
        origin=read_origin(folder), fault=IN_USE if in_use else "",
    )  # fmt: skip


def _look(folder: Path) -> Looked:
    try:
        points = read_points(folder)
    except SiteError:
        points = ()  # the report says so
    return Looked(folder, read_origin(folder), points, check_folder(folder))


def _is_name(answer: Answer) -> bool:
    """Whether somebody answers; an open point needs nobody yet."""
    usable = len(answer.by) <= LONGEST_NAME and (answer.by.isprintable() or not answer.by)
    return usable and bool(answer.by or not answer.done)


def _is_in_use(house: House, folder: Path) -> bool:
    return house.settings.site_path == folder.resolve()


def _require(house: House, untrusted_name: str) -> Path:
    folder = find_pack(house.settings.home, untrusted_name)
    if folder is None:
        raise HTTPException(404)
    return folder
