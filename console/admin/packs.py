"""This house's own pack, to be sent to others, and packs of others, to be looked at."""

import asyncio
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from bot.packs import limits
from bot.packs.errors import OtherKey, PackError
from bot.packs.making import find_site_name, gather_own, make_own
from bot.packs.origin import Origin, read_origin
from bot.packs.reading import read_open_pack
from bot.packs.shelf import find_pack, find_packs, forget_pack, render_name, save_on_shelf
from bot.packs.signing import find_fingerprint, parse_fingerprint
from bot.settings import Settings
from bot.store.audit import save_audit
from console.house import House
from console.members import Member, freshly

NO_FILE = "Choose the file of the pack."
OTHERS_KEY = (
    "This pack was signed with another key than the one whose fingerprint you typed. Nothing was "
    "kept. Ask the sender for the fingerprint once more, by a call or in person."
)
#: A pack may need 200 MB while it is looked through.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Own:
    """What a pack of this house would hold. No ``fingerprint`` while there is no key."""

    count: int = 0
    left_out: tuple[str, ...] = ()
    fingerprint: str | None = None
    fault: str = ""


def routes(house: House) -> APIRouter:
    """``/pack``."""
    router = APIRouter()
    admin = Annotated[Member, Depends(freshly(house, "pack"))]

    @router.get("/pack")
    async def page(member: admin) -> Response:
        return await _show(house, member)

    @router.post("/pack/make")
    async def make(member: admin) -> Response:
        path, home = house.settings.site_path, house.settings.home
        name = find_site_name(house.site, path)
        try:
            made = await asyncio.to_thread(make_own, path, home, name, house.now())
        except PackError as error:
            return await _show(house, member, str(error))
        async with house.sessions.begin() as session:
            about = made.fingerprint.replace(" ", "")
            await save_audit(session, member.id, "pack_made", house.now(), about=about)
        named = f'attachment; filename="{render_name(name)}.pack"'
        return Response(
            made.packed, media_type="application/gzip", headers={"Content-Disposition": named}
        )

    @router.post("/pack/look")
    async def look(member: admin, request: Request) -> Response:
        # Declared as a form it would be read, and written to the disk, before anybody is asked
        # who they are. The guard has read it now.
        form = await request.form()
        try:
            folder = await _take_in(house, member, form)
        except PackError as error:
            what = type(error).__name__
            async with house.sessions.begin() as session:
                await save_audit(session, member.id, "pack_refused", house.now(), about=what)
            fault = OTHERS_KEY if isinstance(error, OtherKey) else str(error)
            return await _show(house, member, fault, str(form.get("fingerprint", "")))
        finally:
            await form.close()
        if folder is None:
            return await _show(house, member, NO_FILE, str(form.get("fingerprint", "")))
        return RedirectResponse(f"/pack/{folder.name}", status_code=303)

    return router


async def _take_in(house: House, member: Member, untrusted: FormData) -> Path | None:
    """Where the pack lies from now on; ``None`` without a file. Raises ``PackError``."""
    wanted = parse_fingerprint(str(untrusted.get("fingerprint", "")))
    sent = untrusted.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return None
    folder = await asyncio.to_thread(_save_pack, sent.file, wanted, house.settings.home)
    try:
        async with house.sessions.begin() as session:
            about = f"{folder.name} {wanted.replace(' ', '')}"
            await save_audit(session, member.id, "pack_received", house.now(), about=about)
    except BaseException:
        forget_pack(folder)  # what is not in the log did not happen
        raise
    return folder


def _save_pack(untrusted: BinaryIO, fingerprint: str, home: Path) -> Path:
    with _ONE_AT_A_TIME:
        return save_on_shelf(read_open_pack(untrusted, fingerprint), home)


async def _show(house: House, member: Member, fault: str = "", typed: str = "") -> Response:
    own = await asyncio.to_thread(_find_own, house.settings)
    return house.pages.show(
        member, "packs.html", status=422 if fault else 200, own=own, fault=fault, typed=typed,
        name=find_site_name(house.site, house.settings.site_path), languages=house.site.languages,
        packs=_find_packs(house.settings.home), most=limits.PACKED // 10**6,
    )  # fmt: skip


def _find_own(settings: Settings) -> Own:
    try:
        gathered = gather_own(settings.site_path, settings.home)
        fingerprint = find_fingerprint(settings.home)
    except PackError as error:
        return Own(fault=str(error))
    left_out = tuple(_tell_path(path, settings.site_path) for path in gathered.left_out)
    return Own(len(gathered.files), left_out, fingerprint)


def _tell_path(path: Path, site_path: Path) -> str:
    """A path as the staff know it: below the site's folder, or by its name."""
    return str(path.relative_to(site_path)) if path.is_relative_to(site_path) else path.name


def _find_packs(home: Path) -> list[tuple[str, Origin | None]]:
    folders = [(name, find_pack(home, name)) for name in find_packs(home)]
    return [(name, read_origin(folder)) for name, folder in folders if folder]
