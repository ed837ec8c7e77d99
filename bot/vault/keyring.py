"""The keyring: one file of master keys, made at first start, for its owner only."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.vault.errors import KeyringTooOpen, KeyringUnreadable
from bot.watching import Watched, look_at

KEY_BYTES = 32


@dataclass(frozen=True)
class Keyring:
    """Master keys by version, the version that wraps new keys, and the lookup key."""

    masters: Mapping[int, bytes]
    current: int
    lookup: bytes

    def __repr__(self) -> str:
        return "Keyring(***)"

    def rotated(self) -> Keyring:
        """The same keyring with a fresh master key as the current one."""
        version = self.current + 1
        masters = {**self.masters, version: secrets.token_bytes(KEY_BYTES)}
        return replace(self, masters=masters, current=version)

    def retired(self) -> Keyring:
        """The same keyring with only its current master key left."""
        return replace(self, masters={self.current: self.masters[self.current]})


def keyring_path(home: Path) -> Path:
    """Where the keyring of ``home`` lies."""
    return home / "keys" / "keyring.json"


def make_keyring() -> Keyring:
    """Fresh keys, which are nowhere else yet."""
    return Keyring({1: secrets.token_bytes(KEY_BYTES)}, 1, secrets.token_bytes(KEY_BYTES))


def open_keyring(home: Path) -> Keyring:
    """The keyring of ``home``, made on first use.

    Raises :class:`KeyringTooOpen` when others may read it and
    :class:`KeyringUnreadable` when it is damaged.
    """
    path = keyring_path(home)
    if not path.exists():
        save_keyring(home, make_keyring(), new=True)
    if path.stat().st_mode & 0o077:
        raise KeyringTooOpen(str(path))
    try:
        return _parse(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyringUnreadable(str(path)) from error


class LiveKeyring:
    """The keyring of ``home`` as it is now: a rotation is seen by every part that runs."""

    def __init__(self, home: Path) -> None:
        open_keyring(home)  # so that there is one, and that a damaged one is told at the start
        self._keyring = Watched(lambda: _look(home), lambda: open_keyring(home))

    def __call__(self) -> Keyring:
        """The keyring, read again when its file is another one."""
        return self._keyring()


def _look(home: Path) -> object:
    """Raises ``FileNotFoundError``: a keyring that is lost must not be made anew in silence."""
    return look_at(keyring_path(home).resolve(strict=True))


def save_keyring(home: Path, keyring: Keyring, *, new: bool = False) -> None:
    """Write the keyring whole or not at all; ``new`` never replaces an existing one."""
    path = keyring_path(home)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(_rendered(keyring))
        file.flush()
        os.fsync(file.fileno())
    _put_in_place(draft, path, new=new)


def _put_in_place(draft: Path, path: Path, *, new: bool) -> None:
    """Two processes may start together: the first keyring made is the one that counts."""
    if not new:
        draft.replace(path)
        return
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _rendered(keyring: Keyring) -> str:
    return json.dumps(
        {
            "current": keyring.current,
            "lookup": _text(keyring.lookup),
            "masters": {str(version): _text(key) for version, key in keyring.masters.items()},
        }
    )


def _parse(text: str) -> Keyring:
    content = json.loads(text)
    masters = {int(version): _key(key) for version, key in content["masters"].items()}
    keyring = Keyring(masters, int(content["current"]), _key(content["lookup"]))
    if keyring.current not in masters:
        raise ValueError
    return keyring


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError
    return key
