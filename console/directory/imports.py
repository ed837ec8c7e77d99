"""Taking a package in: looked at first, then taken, and undone with one button."""

import asyncio
import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from bot.directory.comparing import compare_package
from bot.directory.entries import Author
from bot.directory.errors import (
    EntriesChangedSince,
    NothingToUndo,
    OpensConfidential,
    PackageUnreadable,
)
from bot.directory.importing import Package, save_package
from bot.directory.opening import require_marks
from bot.directory.report import MOST_LISTED
from bot.directory.undoing import undo_import
from bot.directory.unpacking import SENT
from bot.store.directory_imports import KEPT, find_imports
from bot.store.entry_pages import find_names
from console.directory.areas import open_areas
from console.directory.waiting import (
    drop_waiting,
    find_all_waiting,
    find_waiting,
    read_again,
    read_sent,
    save_looked,
)
from console.directory.ways import note
from console.house import House
from console.members import Member, allowed, freshly

Text = Annotated[str, Form()]

NO_FILE = "Choose the file of the package."
#: What the page begins with after an act.
TOLD = {
    "taken": "It is taken in. People are told what it says from now on.",
    "undone": "The import is undone. Everything is as it was before it.",
    "thrown": "Nothing of that package is kept.",
    "gone": "There is nothing to undo: it was undone already, is too long ago, or would tell where "
    "a confidential place is.",
}


def routes(house: House) -> APIRouter:
    """``/directory/import``."""
    router = APIRouter()
    reader = Annotated[Member, Depends(allowed(house, "directory_change"))]
    author = Annotated[Member, Depends(freshly(house, "directory_change"))]

    @router.get("/directory/import")
    async def page(member: reader, told: str = "") -> Response:
        return await _show(house, member, told=TOLD.get(told, ""))

    @router.post("/directory/import")
    async def look(member: author, request: Request) -> Response:
        # Declared as a form it would be read, and written to the disk, before anybody is asked
        # who they are. The guard has read it now.
        form = await request.form()
        sent = form.get("file")
        try:
            if not isinstance(sent, UploadFile) or not sent.filename:
                return await _show(house, member, fault=NO_FILE)
            return await _look(house, member, sent)
        except PackageUnreadable as error:
            return await _show(house, member, fault=f"{error} Nothing was kept.")
        finally:
            await form.close()

    @router.get("/directory/import/{name}")
    async def one(member: reader, name: str) -> Response:
        waiting = find_waiting(house.settings.home, name)
        if waiting is None:
            raise HTTPException(404)
        return house.pages.show(
            member, "directory_package.html", waiting=waiting, report=waiting.report,
            opened=None, file_name=waiting.file_name, most=MOST_LISTED,
        )  # fmt: skip

    @router.post("/directory/import/{name}/take")
    async def take(member: author, name: str) -> Response:
        home, waiting = house.settings.home, find_waiting(house.settings.home, name)
        if waiting is None:
            raise HTTPException(404)
        package = await asyncio.to_thread(read_again, home, name, open_areas(house))
        try:
            async with house.sessions.begin() as session:
                by = Author(member.id, house.now())
                import_id = await save_package(session, package, by, file_name=waiting.file_name)
                await note(house, session, member, "directory_imported", str(import_id))
        except OpensConfidential as error:  # it has become confidential since it was looked at
            await _throw_away(house, member, name)
            return _refuse(house, member, package, waiting.file_name, error)
        drop_waiting(home, name)
        return RedirectResponse("/directory/import?told=taken", status_code=303)

    @router.post("/directory/import/{name}/throw-away")
    async def throw_away(member: reader, name: str) -> Response:
        if find_waiting(house.settings.home, name) is None:
            raise HTTPException(404)
        await _throw_away(house, member, name)
        return RedirectResponse("/directory/import?told=thrown", status_code=303)

    @router.post("/directory/undo-import/{import_id}")
    async def undo(member: author, import_id: uuid.UUID, anyway: Text = "") -> Response:
        try:
            async with house.sessions.begin() as session:
                by, force = Author(member.id, house.now()), anyway == "yes"
                await undo_import(session, import_id, open_areas(house), by, force=force)
                await note(house, session, member, "directory_import_undone", str(import_id))
        except NothingToUndo:
            return RedirectResponse("/directory/import?told=gone", status_code=303)
        except EntriesChangedSince as error:
            async with house.sessions() as session:
                changed = await find_names(session, error.entry_ids)
            return await _show(house, member, changed=changed, import_id=import_id)
        return RedirectResponse("/directory/import?told=undone", status_code=303)

    return router


async def _look(house: House, member: Member, sent: UploadFile) -> Response:
    home, file_name = house.settings.home, sent.filename or ""
    name, package = await asyncio.to_thread(
        read_sent, sent.file, file_name, home, open_areas(house)
    )
    if not name:
        return _refuse(house, member, package, file_name)
    try:
        await _save_looked(house, member, name, file_name, package)
    except OpensConfidential as error:
        drop_waiting(home, name)
        return _refuse(house, member, package, file_name, error)
    except BaseException:
        drop_waiting(home, name)  # what is not in the log did not happen
        raise
    return RedirectResponse(f"/directory/import/{name}", status_code=303)


async def _save_looked(
    house: House, member: Member, name: str, file_name: str, package: Package
) -> None:
    async with house.sessions.begin() as session:
        await require_marks(session, package)
        difference = await compare_package(session, package)
        await note(house, session, member, "directory_package_received", name)
    save_looked(house.settings.home, name, file_name, package.report, difference)


async def _throw_away(house: House, member: Member, name: str) -> None:
    async with house.sessions.begin() as session:
        await note(house, session, member, "directory_package_dropped", name)
    drop_waiting(house.settings.home, name)


def _refuse(
    house: House, member: Member, package: Package, file_name: str,
    opened: OpensConfidential | None = None,
) -> Response:  # fmt: skip
    """A package that cannot be taken in, and of which nothing is kept."""
    return house.pages.show(
        member, "directory_package.html", status=422, waiting=None,
        report=package.report.to_json(), opened=opened, file_name=file_name, most=MOST_LISTED,
    )  # fmt: skip


async def _show(
    house: House, member: Member, *, told: str = "", fault: str = "",
    changed: dict[str, str] | None = None, import_id: uuid.UUID | None = None,
) -> Response:  # fmt: skip
    async with house.sessions() as session:
        imports = await find_imports(session)
    return house.pages.show(
        member, "directory_import.html", status=422 if fault or changed else 200, told=told,
        fault=fault, changed=changed, import_id=import_id, imports=imports, kept=KEPT,
        most=SENT // 10**6, waiting=find_all_waiting(house.settings.home),
    )  # fmt: skip
