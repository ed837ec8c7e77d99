"""Code words: the one word or phrase that opens a number again."""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection
from functools import cache

from bot.care.reading import fold, parse_command
from bot.care.rulebook import ANY_LANGUAGE, find_rulebook

_SHORTEST, _LONGEST = 4, 30
#: Nobody sends a code word of more than this, with all that may stand around it.
_READ_AT_MOST = 200
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")

#: What whoever picks up the phone would try first, and words that carriers alone act on.
_TOO_EASY = (
    "hello",
    "hola",
    "hey there",
    "test",
    "prueba",
    "password",
    "contraseña",
    "code",
    "code word",
    "codigo",
    "clave",
    "palabra clave",
    "open",
    "abre",
    "okay",
    "please",
    "thanks",
    "gracias",
    "opt in",
    "optin",
)


def matches_code_word(untrusted_text: str, code_word: str) -> bool:
    """Whether the whole message is the code word.

    Case, accents, and spaces and signs around it do not count. How long the comparison takes says
    nothing of how near a guess came.
    """
    typed, meant = _plain(untrusted_text), _plain(code_word)
    return bool(meant) and hmac.compare_digest(_bytes(typed), _bytes(meant))


def parse_word(untrusted_text: str, taken: Collection[str]) -> str | None:
    """The code word as it is kept, or ``None`` when this cannot be one.

    Refused are words that mean something to carriers or to the safety rules, the words in
    ``taken``, digits alone, and what is shorter than 4 or longer than 30 letters.
    """
    word = _plain(untrusted_text)
    if sum(map(str.isalnum, word)) < _SHORTEST or len(word) > _LONGEST:
        return None
    if not any(map(str.isalpha, word)):
        return None
    command = parse_command(word)
    is_taken = command in _obeyed() or command in map(parse_command, taken)
    return None if is_taken else word


@cache
def _obeyed() -> frozenset[str]:
    """Every whole message that already does something, and the easiest guesses."""
    books = map(find_rulebook, (ANY_LANGUAGE, "en", "es"))
    words = [word for book in books for said in book.exactly.values() for word in said]
    return frozenset(map(parse_command, (*words, *_TOO_EASY)))


def _plain(untrusted_text: str) -> str:
    if len(untrusted_text) > _READ_AT_MOST:
        return ""
    return _AROUND.sub("", " ".join(fold(untrusted_text).split()))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
