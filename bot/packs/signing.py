"""The key that this house signs packs with, and what its fingerprint looks like."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.packs.errors import (
    NotAFingerprint,
    SigningKeyTooOpen,
    SigningKeyUnreadable,
    WrongSignature,
)

NAME = "signature.txt"
#: Bytes of the file: a key of 32 and a signature of 64, in hex, each on its line.
SIZE = 194

#: What is signed begins with this, so that no signature made for something else ever fits.
_PURPOSE = b"waymark site pack\0"
_WRITTEN = re.compile(rb"([0-9a-f]{64})\n([0-9a-f]{128})\n")
#: Digits of a fingerprint: enough against forgery, and few enough to be read out.
_DIGITS = 40


def open_signing_key(home: Path) -> Ed25519PrivateKey:
    """The key of ``home``, made on first use.

    Raises :class:`SigningKeyTooOpen` when others may read it, :class:`SigningKeyUnreadable`
    when it is damaged.
    """
    path = _find_key(home)
    if not path.exists():
        _save_new_key(path)
    if path.stat().st_mode & 0o077:
        raise SigningKeyTooOpen(path)
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("utf-8").strip()))
    except ValueError as error:
        raise SigningKeyUnreadable(path) from error


def find_fingerprint(home: Path) -> str | None:
    """The fingerprint of the key of ``home``; ``None`` while there is no key. Raises as above."""
    if not _find_key(home).exists():
        return None
    return render_fingerprint(open_signing_key(home).public_key().public_bytes_raw())


def sign(key: Ed25519PrivateKey, manifest: bytes) -> bytes:
    """The file that says who wrote ``manifest``. The same key and list give the same bytes."""
    public = key.public_key().public_bytes_raw()
    return f"{public.hex()}\n{key.sign(_PURPOSE + manifest).hex()}\n".encode("ascii")


def verify(manifest: bytes, untrusted_signature: bytes) -> str:
    """The fingerprint of the key that signed ``manifest``. Raises :class:`WrongSignature`."""
    found = _WRITTEN.fullmatch(untrusted_signature)
    if not found:
        raise WrongSignature
    public, signature = (bytes.fromhex(part.decode("ascii")) for part in found.groups())
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _PURPOSE + manifest)
    except (InvalidSignature, ValueError) as error:
        raise WrongSignature from error
    return render_fingerprint(public)


def render_fingerprint(public: bytes) -> str:
    """Ten groups of four digits, for people to compare."""
    digits = hashlib.sha256(public).hexdigest()[:_DIGITS]
    return " ".join(digits[start : start + 4] for start in range(0, _DIGITS, 4))


def parse_fingerprint(untrusted: str) -> str:
    """A fingerprint as somebody typed it. Raises :class:`NotAFingerprint`."""
    digits = re.sub(r"[\s:-]", "", untrusted).lower()
    if not re.fullmatch(rf"[0-9a-f]{{{_DIGITS}}}", digits):
        raise NotAFingerprint
    return " ".join(digits[start : start + 4] for start in range(0, _DIGITS, 4))


def _find_key(home: Path) -> Path:
    return home / "keys" / "pack.key"


def _save_new_key(path: Path) -> None:
    """Two commands may run together: the first key made is the one that counts."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
