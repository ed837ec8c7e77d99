"""A pack that somebody sent: verified as a whole, then written as a whole."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.packs import limits, manifest, origin, signing
from bot.packs.archive import Archive, Entry
from bot.packs.errors import (
    FileChanged,
    FileMissing,
    FileUnlisted,
    FolderTaken,
    NamesClash,
    NotAPack,
    NotWritten,
    OtherKey,
    PackTooLarge,
)
from bot.packs.manifest import Manifest, find_hash, parse_manifest
from bot.packs.names import SITE, check_name, show
from bot.packs.origin import Origin, render_origin
from bot.packs.stream import Stream

#: What another community has to look at before it goes live; written into each imported folder.
POINTS = Path(__file__).with_name("localise.toml")


@dataclass(frozen=True)
class Pack:
    """A pack of which everything has been verified. ``fingerprint`` is its signer's."""

    manifest: Manifest
    files: Mapping[str, bytes]
    fingerprint: str


def read_pack(path: Path, fingerprint: str | None = None) -> Pack:
    """The pack in the file ``path``, signed with the key of ``fingerprint`` if one is given.

    Raises a :class:`~bot.packs.errors.PackError` that says what is wrong. Writes nothing.
    """
    try:
        if not path.is_file():
            raise NotAPack
        with path.open("rb") as untrusted:
            if os.fstat(untrusted.fileno()).st_size > limits.PACKED:
                raise PackTooLarge(f"it has more than {limits.PACKED // 10**6} MB.")
            return read_open_pack(untrusted, fingerprint)
    except OSError as error:
        raise NotAPack(error.strerror) from error


def read_open_pack(untrusted: BinaryIO, fingerprint: str | None) -> Pack:
    """The same for a file that is open, such as one that somebody sent."""
    return _read(Archive(Stream(untrusted)), fingerprint)


def _read(archive: Archive, fingerprint: str | None) -> Pack:
    listed, first = _take(archive, manifest.NAME, limits.MANIFEST)
    found = parse_manifest(listed)
    signature, second = _take(archive, signing.NAME, signing.SIZE)
    signer = signing.verify(listed, signature)
    if fingerprint is not None and signer != fingerprint:
        raise OtherKey(signer)
    made = int(found.made.timestamp())
    if {first.made, second.made} != {made}:
        raise NotAPack
    return Pack(found, _read_files(archive, found.files, made), signer)


def _take(archive: Archive, name: str, most: int) -> tuple[bytes, Entry]:
    """One of the two files that come first."""
    entry = archive.next_entry()
    if entry is None or entry.name != name or entry.size > most:
        raise NotAPack
    return archive.take(entry), entry


def _read_files(archive: Archive, listed: Mapping[str, str], made: int) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    while entry := archive.next_entry():
        check_name(entry.name)
        if entry.name in files:
            raise NamesClash(show(entry.name))
        if entry.name not in listed:
            raise FileUnlisted(show(entry.name))
        content = archive.take(entry)
        if find_hash(content) != listed[entry.name]:
            raise FileChanged(show(entry.name))
        if entry.made != made:
            raise NotAPack
        files[entry.name] = content
    for name in listed:
        if name not in files:
            raise FileMissing(show(name))
    return files


def save_site(pack: Pack, folder: Path) -> None:
    """Write the pack to ``folder``, an absolute path: all of it, or nothing.

    Raises :class:`FolderTaken` or :class:`NotWritten`.
    """
    if folder.is_symlink() or (folder.exists() and not _is_empty(folder)):
        raise FolderTaken(folder)
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        draft.mkdir()
        for name, content in pack.files.items():
            _write(draft / name.removeprefix(f"{SITE}/"), content)
        _write(draft / POINTS.name, POINTS.read_bytes())
        _write(draft / origin.FILE, render_origin(_find_origin(pack)))
        draft.rename(folder)
    except OSError as error:
        raise NotWritten(error.strerror) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _find_origin(pack: Pack) -> Origin:
    return Origin(pack.manifest.site, pack.manifest.made, pack.fingerprint)


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
