"""This house's own pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.flows.content import SHIPPED
from bot.flows.published import find_published
from bot.packs.gathering import Gathered, gather
from bot.packs.signing import open_signing_key, render_fingerprint
from bot.packs.writing import render_pack
from bot.site import Site


@dataclass(frozen=True)
class Made:
    """A signed pack, what is in it, and the fingerprint that the receiver has to be told."""

    packed: bytes
    gathered: Gathered
    fingerprint: str


def gather_own(site_path: Path, home: Path) -> Gathered:
    """What a pack of this house holds now. Raises ``NotWritten``."""
    return gather(site_path, find_published(home), SHIPPED, home)


def make_own(site_path: Path, home: Path, name: str, now: datetime) -> Made:
    """The pack, signed with the key of ``home``. Raises a ``PackError`` that says what is wrong."""
    gathered, key = gather_own(site_path, home), open_signing_key(home)
    packed = render_pack(gathered.files, name, now, key)
    return Made(packed, gathered, render_fingerprint(key.public_key().public_bytes_raw()))


def find_site_name(site: Site, site_path: Path) -> str:
    """How a site is named to others: by the name of its service, or by its folder."""
    return site.facts.get("service_name") or site_path.name
