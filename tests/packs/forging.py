"""Packs built by hand, as somebody would who means harm."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.packs import signing
from bot.packs.manifest import find_hash

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
FILES: Mapping[str, bytes] = {
    "content/config.yml": b"language: en\n",
    "site/directory/services.csv": b"id,name\n",
    "site/site.toml": b"demo = true\n",
}


def member(name: str, content: bytes = b"", **other: Any) -> tuple[tarfile.TarInfo, bytes]:
    """One entry, plain unless ``other`` says otherwise."""
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = len(content), int(NOW.timestamp()), 0o644
    for field, value in other.items():
        setattr(info, field, value)
    return info, content


def listed(files: Mapping[str, bytes], /, **other: Any) -> bytes:
    """A list of ``files``; ``other`` takes the place of what it says beside them."""
    written = {
        "format": 1,
        "site": "Somewhere",
        "made": "2026-10-20T12:00:00Z",
        "files": {name: find_hash(content) for name, content in files.items()},
    }
    return json.dumps({**written, **other}).encode()


def pack(
    members: Sequence[tuple[tarfile.TarInfo, bytes]],
    manifest: bytes,
    key: Ed25519PrivateKey = KEY,
    form: int = tarfile.USTAR_FORMAT,
) -> bytes:
    """A pack with a good signature over ``manifest``, and whatever else behind it."""
    head = [member("manifest.json", manifest), member("signature.txt", signing.sign(key, manifest))]
    return squeeze([*head, *members], form)


def squeeze(
    members: Sequence[tuple[tarfile.TarInfo, bytes]], form: int = tarfile.USTAR_FORMAT
) -> bytes:
    """An archive of anything."""
    plain = io.BytesIO()
    for info, content in members:
        plain.write(info.tobuf(form, "utf-8", "surrogateescape"))
        plain.write(content + bytes(-len(content) % 512))
    plain.write(bytes(1024))
    return gzip.compress(plain.getvalue(), mtime=0)


def honest(files: Mapping[str, bytes] = FILES, /, **other: Any) -> bytes:
    """A pack in which all is as it should be, but for what ``other`` says in its list."""
    return pack([member(name, files[name]) for name in files], listed(files, **other))


def put(folder: Path, packed: bytes) -> Path:
    """The pack as a file."""
    path = folder / "a.pack"
    path.write_bytes(packed)
    return path
