"""One signed file of a community's pack."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.packs import limits, manifest, signing
from bot.packs.archive import render_archive
from bot.packs.errors import NotWritten, PackTooLarge
from bot.packs.manifest import Manifest, find_hash, render_manifest
from bot.packs.names import check_names


def render_pack(
    files: Mapping[str, bytes], site: str, now: datetime, key: Ed25519PrivateKey
) -> bytes:
    """The pack. The same files, name, time and key give the same bytes.

    Raises ``UnsafeName``, ``NamesClash`` or :class:`PackTooLarge` for what nobody could import.
    """
    if len(files) > limits.FILES:
        raise PackTooLarge(f"it has more than {limits.FILES} files.")
    check_names(files)
    hashes = {name: find_hash(content) for name, content in files.items()}
    listed = render_manifest(Manifest(site, now, hashes))
    entries = [(manifest.NAME, listed), (signing.NAME, signing.sign(key, listed))]
    return render_archive(entries + sorted(files.items()), int(now.timestamp()))


def save_pack(path: Path, packed: bytes) -> None:
    """Write the file whole or not at all. Raises :class:`NotWritten`."""
    if path.is_dir():
        raise NotWritten(f"{path} is a folder.")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        draft.write_bytes(packed)
        draft.replace(path)
    except OSError as error:
        raise NotWritten(error.strerror) from error
    finally:
        draft.unlink(missing_ok=True)
