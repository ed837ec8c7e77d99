"""The packs of others that lie in this house: each a folder under ``home/packs``."""

from __future__ import annotations

import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from bot.packs.errors import NotWritten
from bot.packs.lock import alone
from bot.packs.reading import Pack, save_site

#: Characters of a name, before a number that tells it from another of the same name.
_LONGEST = 40
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def find_packs(home: Path) -> list[str]:
    """The names of what lies there."""
    folder = _shelf(home)
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if find_pack(home, path.name))


def find_pack(home: Path, untrusted_name: str) -> Path | None:
    """The folder of that name; ``None`` when there is none."""
    if not _NAME.fullmatch(untrusted_name):
        return None
    path = _shelf(home) / untrusted_name
    return path if path.is_dir() and not path.is_symlink() else None


def render_name(site: str) -> str:
    """The name of a site as a file or folder may have it on any system."""
    plain = unicodedata.normalize("NFKD", site).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "pack"


def save_on_shelf(pack: Pack, home: Path) -> Path:
    """Write ``pack`` to a new folder, which has a number when the name is taken.

    All of it or nothing. Raises :class:`NotWritten`.
    """
    shelf = _shelf(home)
    try:
        shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(shelf):
            folder = next(path for path in _propose(shelf, pack) if not path.exists())
            save_site(pack, folder)
    except OSError as error:
        raise NotWritten(error.strerror) from error
    return folder


def forget_pack(folder: Path) -> None:
    """Throw away a folder of the shelf. It is out of sight at once, and then it is gone."""
    gone = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        folder.rename(gone)
        shutil.rmtree(gone)
    except OSError as error:
        raise NotWritten(error.strerror) from error


def _propose(shelf: Path, pack: Pack) -> Iterator[Path]:
    name = render_name(pack.manifest.site)
    yield shelf / name
    yield from (shelf / f"{name}-{number}" for number in count(2))


def _shelf(home: Path) -> Path:
    return home / "packs"
