"""Texts that only a passphrase opens: nobody here holds it, and nobody can bring it back.

The key is derived with Argon2id as RFC 9106 recommends where memory is dear (section 4, second
choice: 64 MiB, three passes, four lanes), and the text is sealed with AES-256-GCM under a random
nonce. What is sealed tells its own costs, so that they can rise; it is bound to them and to one
person, and padded, so that its size tells little.
"""

from __future__ import annotations

import secrets
import struct
import threading
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from bot.vault.errors import Unreadable
from bot.vault.keyring import KEY_BYTES
from bot.vault.vault import NONCE_BYTES

FORMAT = b"p1"
_COST = struct.Struct(">IBB")
_LENGTH = struct.Struct(">I")
_SALT_BYTES = 16
_HEADER_BYTES = len(FORMAT) + _COST.size + _SALT_BYTES + NONCE_BYTES
#: Plaintexts are a multiple of this.
_BLOCK_BYTES = 2048

_LONGEST = 300
_LETTERS, _WORDS = 12, 3
_LETTERS_OF_ONE = 16
_MOST_ALIKE = 4
#: Phones write apostrophes as they like.
_APOSTROPHES = dict.fromkeys(map(ord, "’‘`´ʼ"), "'")


#: Two derivations with several lanes at once wait for each other's threads for ever (seen with
#: cryptography 50.0.2). One at a time also bounds what they take of the memory.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Cost:
    """What one guess takes: memory in KiB, passes over it, and lanes at once."""

    memory: int
    passes: int
    lanes: int

    def is_bearable(self) -> bool:
        """Whether deriving a key at this cost cannot take the machine down."""
        return self.memory <= 256 * 1024 and 0 < self.passes <= 10 and 0 < self.lanes <= 16


#: RFC 9106, section 4, second recommended option.
TODAY = Cost(memory=64 * 1024, passes=3, lanes=4)


@dataclass(frozen=True, repr=False)
class Passphrase:
    """Prints as ``***``. Made by :func:`parse_passphrase`."""

    secret: bytes

    def __repr__(self) -> str:
        return "***"


def parse_passphrase(untrusted_text: str) -> Passphrase | None:
    """The passphrase in one spelling, or ``None`` when it is too easy to guess.

    Capitals, spaces and signs around it do not count, for a phone changes them by itself. It needs
    12 letters in 3 different words, or 16 letters; 5 of them different.
    """
    if len(untrusted_text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", untrusted_text.translate(_APOSTROPHES))
    words = _strip(unicodedata.normalize("NFKC", plain.casefold())).split()
    letters = [letter for word in words for letter in word if letter.isalnum()]
    enough = _LETTERS if len(set(words)) >= _WORDS else _LETTERS_OF_ONE
    if len(letters) < enough or len(set(letters)) <= _MOST_ALIKE:
        return None
    return Passphrase(" ".join(words).encode("utf-8", "surrogatepass"))


def seal_under(passphrase: Passphrase, text: str, person: str, cost: Cost = TODAY) -> bytes:
    """``text`` for whoever knows the passphrase, bound to ``person``. Takes a third of a second."""
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    header = FORMAT + _COST.pack(cost.memory, cost.passes, cost.lanes) + salt + nonce
    cipher = AESGCM(_derive(passphrase, salt, cost))
    return header + cipher.encrypt(nonce, _pad(text), _bound(header, person))


def open_under(passphrase: Passphrase, sealed: bytes | None, person: str) -> str:
    """The text that was sealed for ``person``.

    Raises :class:`Unreadable` for a wrong passphrase, another person, or a changed text. ``None``
    stands for nothing kept: it takes the same work and is just as unreadable, so that the time
    does not tell one from the other.
    """
    if sealed is None:
        _derive(passphrase, bytes(_SALT_BYTES), TODAY)
        raise Unreadable
    cost, salt, nonce = _parse_header(sealed)
    header, body = sealed[:_HEADER_BYTES], sealed[_HEADER_BYTES:]
    try:
        cipher = AESGCM(_derive(passphrase, salt, cost))
        return _unpad(cipher.decrypt(nonce, body, _bound(header, person)))
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


def _derive(passphrase: Passphrase, salt: bytes, cost: Cost) -> bytes:
    argon = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    )
    with _ONE_AT_A_TIME:
        return argon.derive(passphrase.secret)


def _parse_header(sealed: bytes) -> tuple[Cost, bytes, bytes]:
    if not sealed.startswith(FORMAT) or len(sealed) <= _HEADER_BYTES:
        raise Unreadable
    cost = Cost(*_COST.unpack_from(sealed, len(FORMAT)))
    if not cost.is_bearable():
        raise Unreadable
    salt_at = len(FORMAT) + _COST.size
    nonce_at = salt_at + _SALT_BYTES
    return cost, sealed[salt_at:nonce_at], sealed[nonce_at:_HEADER_BYTES]


def _bound(header: bytes, person: str) -> bytes:
    return header + b"\x1f" + person.encode()


def _pad(text: str) -> bytes:
    plain = text.encode("utf-8", "surrogatepass")
    padded = _LENGTH.pack(len(plain)) + plain
    return padded + bytes(-len(padded) % _BLOCK_BYTES)


def _unpad(padded: bytes) -> str:
    (length,) = _LENGTH.unpack_from(padded)
    return padded[_LENGTH.size : _LENGTH.size + length].decode("utf-8", "surrogatepass")


def _strip(text: str) -> str:
    """Without the spaces and signs at both ends."""
    inside = [place for place, letter in enumerate(text) if letter.isalnum()]
    return text[inside[0] : inside[-1] + 1] if inside else ""
