"""What a site says of its web chat: where quick exit leads, and who may show the chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.errors import SiteError

#: A page that anyone may be looking at, and that says nothing when it is found open.
WEATHER = "https://www.weather.gov/"
_THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]"}


@dataclass(frozen=True)
class SiteWeb:
    """``away`` is the harmless page; ``partners`` are the origins that may frame the chat."""

    away: str = WEATHER
    partners: tuple[str, ...] = ()


def parse_web(path: Path, content: Mapping[str, Any]) -> SiteWeb:
    """The part ``[web]`` of a site pack. Raises :class:`SiteError`."""
    web = content.get("web", {})
    if not isinstance(web, Mapping) or not web.keys() <= {"away", "partners"}:
        raise SiteError(path, "may hold in [web] only away, partners")
    away, partners = str(web.get("away", WEATHER)), tuple(web.get("partners", ()))
    if not _is_safe(away):
        raise SiteError(path, "needs an address with https:// as away in [web]")
    for partner in partners:
        if not isinstance(partner, str) or not _is_safe(partner) or find_origin(partner) != partner:
            raise SiteError(path, 'may hold in partners of [web] only such as "https://a.example"')
    return SiteWeb(away, partners)


def find_origin(url: str) -> str:
    """Scheme, host and port of ``url``, as browsers compare them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_safe(url: str) -> bool:
    """Encrypted, or on this very machine; and nothing that would end a header or a list."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition(":")[0] if parts.port else parts.netloc
    except ValueError:
        return False
    if not host or any(c in " ;,'\"\\<>" or not c.isprintable() for c in url):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE)
