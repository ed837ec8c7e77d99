"""Passwords: long rather than odd (NIST SP 800-63B-4, 3.1.1), kept as Argon2id."""

from __future__ import annotations

import string
import unicodedata
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: Characters. The standard's own length for a password beside a second factor is 8.
SHORTEST, LONGEST = 12, 256
_HASHER = PasswordHasher()
#: Verified for an address that nobody has, so that it takes as long as any other.
_NOBODYS = _HASHER.hash("nobody has this password")
#: The commonest ones of any length: longer ones are mostly one of these and some digits.
_COMMON = frozenset(
    Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split()
)
_ROUND_A_WORD = string.digits + string.punctuation
_LETTERS_IN_DISGUISE = str.maketrans("@4031!$57", "aaoeiisst")


def find_fault(password: str, email: str, name: str) -> str | None:
    """What is wrong with a new password, as a sentence; ``None`` when nothing is."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Four or five words work well."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    plain = "".join(password.lower().split())
    own = [email.split("@")[0].lower(), *name.lower().split()]
    if any(len(part) > 2 and part in plain for part in own):
        return "Leave your name and your address out of it."
    if _is_common(plain):
        return "Many people use one like this. Choose something else."
    return None


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return _HASHER.hash(_same_everywhere(password))


def verify_password(kept: str | None, untrusted_password: str) -> bool:
    """Whether it is the one. It takes the same time when there is no account."""
    password = _same_everywhere(untrusted_password[: LONGEST + 1])
    try:
        return _HASHER.verify(kept or _NOBODYS, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether the library would hash differently today."""
    return _HASHER.check_needs_rehash(kept)


def _same_everywhere(password: str) -> str:
    """Keyboards write an accent as one sign or as two; both are the same password."""
    return unicodedata.normalize("NFC", password)


def _is_common(plain: str) -> bool:
    """One common word, whatever is around it; one part again and again; or signs in a row."""
    word = plain.strip(_ROUND_A_WORD)
    words = {plain, word, word.translate(_LETTERS_IN_DISGUISE)}
    again = (plain + plain).find(plain, 1) < len(plain)
    in_a_row = sum(abs(ord(b) - ord(a)) <= 1 for a, b in pairwise(plain)) >= len(plain) - 3
    return bool(words & _COMMON) or again or in_a_row or len(word) < 3
