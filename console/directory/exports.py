"""The directory as a file to take along: HSDS as JSON, or as a zip of CSV tables."""

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from bot.directory.exporting import export_json, export_zip
from console.directory.ways import find_today, note
from console.house import House
from console.members import Member, allowed

_KINDS = {"json": (export_json, "application/json"), "zip": (export_zip, "application/zip")}


def routes(house: House) -> APIRouter:
    """``/directory/export``."""
    router = APIRouter()
    author = Annotated[Member, Depends(allowed(house, "directory_change"))]

    @router.post("/directory/export")
    async def export(member: author, kind: Annotated[str, Form()] = "") -> Response:
        if kind not in _KINDS:
            raise HTTPException(404)
        write, media_type = _KINDS[kind]
        folder = Path(tempfile.mkdtemp(prefix="directory-"))
        path = folder / f"directory-{find_today(house).isoformat()}.{kind}"
        try:
            async with house.sessions.begin() as session:
                await write(session, path)
                await note(house, session, member, "directory_exported", kind)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        sent = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
        return FileResponse(path, media_type=media_type, filename=path.name, background=sent)

    return router
