"""The vault: pseudonyms for addresses, a data key per person, sealed values.

A sealed value starts with its format's version and is bound to the table, the
column and the row it was made for: moved anywhere else it does not open. A
person's data key is stored only wrapped by a master key; once the wrapped key is
erased, nothing of that person can be opened again (NIST SP 800-38D, AES-GCM
with a random 96-bit nonce for each seal).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.vault.errors import Unreadable
from bot.vault.keyring import KEY_BYTES, Keyring

FORMAT = b"w1"
NONCE_BYTES = 12
_VERSION_BYTES = 2


@dataclass(frozen=True)
class Cell:
    """The one place a sealed value belongs to."""

    table: str
    column: str
    row: str

    def bound(self) -> bytes:
        """What ties a ciphertext to this cell."""
        return "\x1f".join((self.table, self.column, self.row)).encode()


class PersonKey:
    """The open data key of one person: seals and opens that person's values."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def __repr__(self) -> str:
        return "PersonKey(***)"

    def seal(self, text: str, cell: Cell) -> bytes:
        """``text`` encrypted for ``cell``."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, text.encode("utf-8", "surrogatepass"), cell.bound())
        return FORMAT + nonce + sealed

    def open(self, sealed: bytes, cell: Cell) -> str:
        """The text sealed for ``cell``. Raises :class:`Unreadable`."""
        nonce, body = _parts(sealed)
        try:
            opened = self._cipher.decrypt(nonce, body, cell.bound())
        except InvalidTag as error:
            raise Unreadable from error
        return opened.decode("utf-8", "surrogatepass")


class Vault:
    """A keyring at work; ``read`` gives it as it is at the moment."""

    def __init__(self, read: Callable[[], Keyring]) -> None:
        self._read = read

    def __repr__(self) -> str:
        return "Vault(***)"

    def pseudonym(self, channel: str, address: str) -> bytes:
        """A keyed hash that finds a person by address and tells nothing without the key."""
        message = f"{channel}\x1f{address}".encode("utf-8", "surrogatepass")
        return hmac.new(self._read().lookup, message, hashlib.sha256).digest()

    def house_key(self) -> PersonKey:
        """The key for what belongs to no person, such as a second factor of the staff.

        It follows from the lookup key, which a rotation of the master keys leaves as it is.
        """
        return PersonKey(hmac.new(self._read().lookup, b"house key", hashlib.sha256).digest())

    def make_key(self, person: str) -> bytes:
        """A fresh data key for ``person``, wrapped."""
        return self._wrap(secrets.token_bytes(KEY_BYTES), person)

    def is_current(self, wrapped: bytes) -> bool:
        """Whether a data key is wrapped by the master key now in use."""
        return _version(wrapped) == self._read().current

    def rewrap_key(self, wrapped: bytes, person: str) -> bytes:
        """The same data key under the current master key. Raises :class:`Unreadable`."""
        return self._wrap(self._unwrap(wrapped, person), person)

    def open_key(self, wrapped: bytes, person: str) -> PersonKey:
        """The open data key of ``person``. Raises :class:`Unreadable`."""
        return PersonKey(self._unwrap(wrapped, person))

    def _wrap(self, key: bytes, person: str) -> bytes:
        keyring, nonce = self._read(), secrets.token_bytes(NONCE_BYTES)
        version = keyring.current.to_bytes(_VERSION_BYTES, "big")
        master = AESGCM(keyring.masters[keyring.current])
        return version + FORMAT + nonce + master.encrypt(nonce, key, _key_cell(person))

    def _unwrap(self, wrapped: bytes, person: str) -> bytes:
        nonce, body = _parts(wrapped[_VERSION_BYTES:])
        try:
            master = AESGCM(self._read().masters[_version(wrapped)])
            return master.decrypt(nonce, body, _key_cell(person))
        except (KeyError, InvalidTag) as error:
            raise Unreadable from error


def _version(wrapped: bytes) -> int:
    return int.from_bytes(wrapped[:_VERSION_BYTES], "big")


def _key_cell(person: str) -> bytes:
    return Cell("person", "wrapped_key", person).bound()


def _parts(sealed: bytes) -> tuple[bytes, bytes]:
    if not sealed.startswith(FORMAT) or len(sealed) <= len(FORMAT) + NONCE_BYTES:
        raise Unreadable
    body = sealed[len(FORMAT) :]
    return body[:NONCE_BYTES], body[NONCE_BYTES:]
