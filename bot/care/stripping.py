"""A message that nobody understood, made into one that can be anybody's.

A word stays only if it is known: it stands in several examples of ours and is nobody's name. All
else becomes a gap. What is left is for the team to learn from, and must not tell who wrote it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

#: What stands where something was taken out.
GAP = "…"
#: Longer messages, in characters, tell a story, and a story can be recognised.
LONGEST = 200
#: Fewer words teach nothing; with more gaps than this share, the rest is a riddle.
FEWEST_WORDS, MOST_GAPS = 3, 0.4

_NAMED = Path(__file__).with_name("named.txt")
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Signs of an address, a handle, a link, a price or a code.
_CODE = re.compile(r"[@/\\#_=&+~^<>|$€£*]|\w[.:]\w")
#: Whatever may hide in a message: numbers in any script, marks of their own, unseen signs.
_HIDDEN = ("N", "M", "C")
_SENTENCE_ENDS = (".", "!", "?", "…")
#: Capitals of their own in the middle of a sentence.
_I = re.compile(r"i(?:['’]\w+|m|ve|ll|d)?")
#: Numbers only beside another one.
_ONE = {"one", "un", "una", "uno", "once", "oh"}
#: A name comes next: two words are taken out.
_INTRODUCE = {"named", "llamo", "llama", "apodo", "apellido", "nickname"}
_NAME, _IS = {"name", "names", "nombre"}, {"is", "es"}
#: So many letters in a row spell something.
_SPELLED = 3


def split_words(text: str) -> Iterator[str]:
    """The words of a text as a vocabulary counts them: letters alone, case folded."""
    return (found[0].casefold().replace("’", "'") for found in _WORD.finditer(text))


def strip_message(
    untrusted_text: str, known: Collection[str], taken_out: Sequence[tuple[int, int]] = ()
) -> str | None:
    """Known words and gaps, separated by spaces; ``None`` when it must not, or need not, be kept.

    ``known`` are words as :func:`split_words` gives them. ``taken_out`` are stretches of the text,
    from one character up to another, that go whatever their words are.
    """
    if len(untrusted_text) > LONGEST:
        return None
    words = list(_read(untrusted_text, taken_out))
    gaps = [word not in known or is_gap for word, is_gap in zip(words, _hide(words), strict=True)]
    kept = len(gaps) - sum(gaps)
    if kept < FEWEST_WORDS or sum(gaps) > MOST_GAPS * len(gaps):
        return None
    return _render(words, gaps)


def _read(untrusted_text: str, taken_out: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Folded words, and :data:`GAP` for what is no plain word."""
    begins = True
    for chunk in _CHUNK.finditer(untrusted_text):
        text = chunk[0]
        if _is_code(text) or any(a < chunk.end() and chunk.start() < b for a, b in taken_out):
            yield GAP
        else:
            for found in _WORD.finditer(text):
                (word,) = split_words(found[0])
                is_name = not begins and _looks_like_name(found[0], word)
                yield GAP if is_name else word
                begins = False
        begins = text.rstrip("\"'”»)").endswith(_SENTENCE_ENDS)


def _is_code(chunk: str) -> bool:
    hidden = any(unicodedata.category(sign).startswith(_HIDDEN) for sign in chunk)
    return hidden or _CODE.search(chunk) is not None


def _looks_like_name(typed: str, word: str) -> bool:
    return typed != typed.lower() and _I.fullmatch(word) is None


def _hide(words: Sequence[str]) -> list[bool]:
    """Which words go although they may be known: names, numbers in words, what is spelled out."""
    hidden = [word == GAP or word in find_named() for word in words]
    for at, word in enumerate(words):
        if word in _ONE and _is_beside_number(words, at):
            hidden[at] = True
        if _introduces(words, at):
            hidden[at + 1 : at + 3] = [True] * len(hidden[at + 1 : at + 3])
        if _is_spelled(words[at : at + _SPELLED]):
            hidden[at : at + _SPELLED] = [True] * _SPELLED
    return hidden


def _is_spelled(words: Sequence[str]) -> bool:
    return len(words) == _SPELLED and all(len(one) == 1 and one != GAP for one in words)


def _is_beside_number(words: Sequence[str], at: int) -> bool:
    """Any other name beside it counts too: a word less does no harm."""
    beside = (*words[max(at - 1, 0) : at], *words[at + 1 : at + 2])
    return any(one == GAP or one in _ONE or one in find_named() for one in beside)


def _introduces(words: Sequence[str], at: int) -> bool:
    is_name = at > 0 and words[at - 1] in _NAME and words[at] in _IS
    return is_name or words[at] in _INTRODUCE


def _render(words: Sequence[str], gaps: Sequence[bool]) -> str:
    """Gaps beside each other are one: how many words a name has is nobody's business either."""
    shown: list[str] = []
    for word, is_gap in zip(words, gaps, strict=True):
        if not (is_gap and shown[-1:] == [GAP]):
            shown.append(GAP if is_gap else word)
    return " ".join(shown)


@functools.cache
def find_named() -> frozenset[str]:
    """Names and numbers. The file is part of the code, so it is read once per process."""
    lines = _NAMED.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
