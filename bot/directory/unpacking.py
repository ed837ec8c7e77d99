"""A package that somebody sent as one file: a JSON file, or a zip of CSV tables.

A zip says of itself what it likes. So no name in it becomes a path, and what comes out is counted
while it is written.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from bot.directory.errors import PackageUnreadable

#: Bytes of the file as it is sent, and of all that comes out of it. A larger package is taken in
#: with the command, where no page waits for it.
SENT, UNPACKED = 20_000_000, 60_000_000
#: Characters of what becomes of it, with everything that services share written out in each.
WRITTEN_OUT = 10 * UNPACKED
#: Files in a zip; HSDS has some forty tables.
FILES = 200
#: Ways of packing that come out piece by piece. Of any other, Python unpacks all of a piece at
#: once: 400 bytes may be gigabytes.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
#: What a table's file may be called.
_TABLE = re.compile(r"[a-z][a-z0-9_]{0,60}\.csv")
#: What packers add by themselves.
_IGNORED = re.compile(
    r"__MACOSX/.*|(\w+/)?(\.DS_Store|datapackage\.json|[\w-]+\.(md|txt))", re.IGNORECASE
)
_PIECE = 65_536
_ZIP = b"PK"


def unpack_sent(untrusted: BinaryIO, untrusted_name: str, folder: Path) -> Path:
    """Write the package into the new folder ``folder``; where ``open_package`` finds it.

    Raises :class:`PackageUnreadable`, and may leave something in ``folder`` then.
    """
    folder.mkdir(mode=0o700, parents=True)
    start = untrusted.read(len(_ZIP))
    untrusted.seek(0)
    if start == _ZIP:
        return _unpack(untrusted, untrusted_name, folder)
    if not untrusted_name.lower().endswith(".json"):
        raise PackageUnreadable(show(untrusted_name), "is neither a zip of CSV files nor JSON")
    path = folder / "package.json"
    _copy(untrusted, path, SENT, untrusted_name)
    return path


def show(untrusted_name: str) -> str:
    """A file's name as a page may show it."""
    name = re.split(r"[/\\]", untrusted_name)[-1]
    return "".join(letter for letter in name if letter.isprintable())[:100] or "the file"


def _unpack(untrusted: BinaryIO, name: str, folder: Path) -> Path:
    try:
        with zipfile.ZipFile(untrusted) as archive:
            return _unpack_all(archive, name, folder)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise PackageUnreadable(show(name), "is not a readable zip") from error


def _unpack_all(archive: zipfile.ZipFile, name: str, folder: Path) -> Path:
    entries = [one for one in archive.infolist() if not _is_ignored(one)]
    if len(entries) > FILES:
        raise PackageUnreadable(show(name), f"holds more than {FILES} files")
    room, parents = UNPACKED, set[PurePosixPath]()
    for entry in entries:
        path = folder / _find_table(entry)
        parents.add(PurePosixPath(entry.filename).parent)
        if path.exists() or len(parents) > 1:
            raise PackageUnreadable(show(name), "holds tables in several folders")
        if entry.compress_type not in _METHODS:
            raise PackageUnreadable(show(name), "is packed in a way that is not read here")
        with archive.open(entry) as content:
            room -= _copy(content, path, room, name)
    return folder


def _is_ignored(entry: zipfile.ZipInfo) -> bool:
    return entry.is_dir() or _IGNORED.fullmatch(entry.filename) is not None


def _find_table(entry: zipfile.ZipInfo) -> str:
    """The plain name under which a table is written, made of letters that mean nothing else."""
    path = PurePosixPath(entry.filename)
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    strays = path.is_absolute() or ".." in path.parts or len(path.parts) > 2 or is_link
    if strays or "\\" in entry.filename or not _TABLE.fullmatch(path.name):
        raise PackageUnreadable(show(entry.filename), "must not be in a package")
    return path.name


def _copy(content: IO[bytes], path: Path, most: int, name: str) -> int:
    """Write what comes, and count it; never more than ``most`` bytes."""
    written = 0
    with path.open("xb") as file:
        while piece := content.read(_PIECE):
            written += len(piece)
            if written > most:
                raise PackageUnreadable(
                    show(name),
                    f"is too large for a page: {SENT // 10**6} MB as it is sent, "
                    f"{UNPACKED // 10**6} MB unpacked. Use: waymark directory import",
                )
            file.write(piece)
    return written
