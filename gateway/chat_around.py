"""What stands around the chat: how to hide a visit, and the snippet for a partner's page."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from gateway.chat_page import Pages
from gateway.chat_words import FOLDER
from gateway.house import House


def routes(house: House, pages: Pages) -> APIRouter:
    """``/hide`` and ``/embed.js``."""
    router = APIRouter()
    guides = {language: _read_guide(language) for language in pages.wordbook.words}

    @router.get("/hide")
    async def hide(request: Request) -> Response:
        language = pages.language(request)
        return pages.make("hide.html", language, path="/hide", guide=guides[language])

    @router.get("/embed.js")
    async def embed(request: Request) -> Response:
        headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
        return FileResponse(FOLDER / "embed.js", media_type="text/javascript", headers=headers)

    return router


def _read_guide(language: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / f"hide.{language}.toml").read_text(encoding="utf-8"))
