"""Plain words from whatever was typed: any script, any length, never an error."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

# What matters is said at the start or at the end; the middle of a very long text is
# not read, so that nobody can make a turn slow.
_HEAD, _TAIL = 1500, 500
_LONGEST_WORD = 30

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ＇"))
_PAUSE = re.compile(r"\.{2,}")
# A few signs are words, of danger or of laughter; what they mean is in the spelling lists.
_WORD_OR_STOP = re.compile(r"[^\W_]+|[🆘🔫🔪😂🤣😹]|[.!?;:\n]")
_REPEATED_LETTER = re.compile(r"([^\W\d_])\1+")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")

STOP = "."
_STOPS = ".!?;:\n"


def fold(untrusted_text: str) -> str:
    """The text in lower case without accents, wide letters, apostrophes or hidden characters."""
    if untrusted_text.isascii():  # most of it, and there is nothing of that in it but apostrophes
        return untrusted_text.translate(_APOSTROPHES).lower()
    plain = unicodedata.normalize("NFKD", untrusted_text.translate(_APOSTROPHES)).casefold()
    # Categories M* are accents, Cf hidden characters such as the zero-width space.
    kept = (c for c in plain if unicodedata.category(c) not in {"Mn", "Mc", "Me", "Cf"})
    return "".join(kept)


def parse_command(untrusted_text: str) -> str:
    """The letters and digits of a message run together, each repeated letter once.

    ``" E-x-i-t!! "`` and ``"EXIIIT"`` become ``"exit"``. Digits stay as they are,
    so that ``00`` is not ``0``. Empty when there are none.
    """
    letters = "".join(c for c in fold(_shorten(untrusted_text)) if c.isalnum())
    return _REPEATED_LETTER.sub(r"\1", letters)


def parse_words(
    untrusted_text: str, spelling: Mapping[str, str], known: Collection[str]
) -> list[str]:
    """The words of a message, spelled out, with ``.`` at each end of a sentence.

    ``spelling`` maps one typed word to the words it stands for (``hes`` to ``he is``).
    ``known`` decides whether a drawn-out ``killlll`` is meant as ``kill`` or ``kil``.
    The list always starts and ends with ``.``.
    """
    plain = _PAUSE.sub(" ", fold(_shorten(untrusted_text)))
    words = [STOP]
    for typed in _WORD_OR_STOP.findall(plain):
        if typed not in _STOPS:
            word = _shrink(typed[:_LONGEST_WORD], known)
            words += spelling.get(word, word).split()
        elif words[-1] != STOP:
            words.append(STOP)
    return words if words[-1] == STOP and len(words) > 1 else [*words, STOP]


def _shorten(untrusted_text: str) -> str:
    if len(untrusted_text) <= _HEAD + _TAIL:
        return untrusted_text
    return f"{untrusted_text[:_HEAD]}\n{untrusted_text[-_TAIL:]}"


def _shrink(word: str, known: Collection[str]) -> str:
    double, single = _DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word)
    return double if double in known else single
