"""Pieces of a long message: one sentence about dying must not drown in a long story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

#: Words. A message up to here is read as a whole and no other way.
WHOLE = 40
#: Words of a piece, and how many of them the next piece begins with again.
_PIECE, _AGAIN = 24, 8
#: Pieces of one message; the first and the last ones say most.
_MOST = 24
_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+")


def split_windows(untrusted_text: str) -> list[str]:
    """The pieces of a message of more than :data:`WHOLE` words; none of a shorter one."""
    if len(untrusted_text.split()) <= WHOLE:
        return []
    pieces = list(_split_sentences(untrusted_text))
    if len(pieces) > _MOST:
        pieces = [*pieces[: _MOST // 2], *pieces[-_MOST // 2 :]]
    return pieces


def _split_sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        words = sentence.split()
        yield from _split_words(words)


def _split_words(words: Sequence[str]) -> Iterator[str]:
    """A run-on sentence in pieces that overlap."""
    if len(words) <= _PIECE:
        yield from [" ".join(words)] if words else []
        return
    for start in range(0, len(words) - _AGAIN, _PIECE - _AGAIN):
        yield " ".join(words[start : start + _PIECE])
