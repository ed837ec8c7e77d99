"""The content of an imported pack, put in use."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from bot.flows.content import RELEASED
from bot.flows.edition import Edition
from bot.flows.published import find_release, save_published
from bot.packs.checking import check_folder
from bot.packs.errors import NotForUse, NotWritten
from bot.packs.manifest import Manifest, find_hash, render_manifest
from bot.packs.names import CONTENT

#: Hex digits. What a release's name is made of (``bot.flows.published``).
_DIGITS = 32


def use_content(folder: Path, home: Path) -> str:
    """Put the content of the site in ``folder`` in use; the name it has from now on.

    Raises :class:`NotForUse` when the gate finds something, :class:`NotWritten`.
    """
    report = check_folder(folder)
    if report.findings or report.problems or not (folder / CONTENT).is_dir():
        raise NotForUse(folder)
    try:
        name = _find_name(folder / CONTENT)
        _save_release(folder / CONTENT, find_release(home, name))
        save_published(home, name)
    except (OSError, shutil.Error) as error:
        raise NotWritten(error) from error
    return name


def _save_release(content: Path, release: Path) -> None:
    """A release is never changed: what has the name already is the same content."""
    if release.is_dir():
        return
    release.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = release.with_name(f".{release.name}-{os.getpid()}")
    try:
        Edition(content).save(draft)
        draft.replace(release)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _find_name(content: Path) -> str:
    """Digits of the hash over a list of the files as they are: changed content is another one."""
    paths = [path for part in RELEASED for path in (content / part, *(content / part).rglob("*"))]
    files = {
        path.relative_to(content).as_posix(): find_hash(path.read_bytes())
        for path in sorted(paths)
        if path.is_file()
    }
    listed = render_manifest(Manifest(CONTENT, datetime.fromtimestamp(0, UTC), files))
    return hashlib.sha256(listed).hexdigest()[:_DIGITS]
