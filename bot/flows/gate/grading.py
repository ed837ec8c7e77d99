"""How many years of school a sentence asks for, measured so that doubt counts against it."""

from __future__ import annotations

import math
import re

from bot.care.grade import FEWEST_WORDS, measure_grade

#: A number, an address of the net and a word to send are one short word to a reader.
_NO_PROSE = re.compile(r"\S+@\S+|https?://\S+|[\d-]{3,}|\b[A-Z]{3,}\b")
_SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
_WORD = re.compile(r"\w")
#: A part of so many words is a call, such as "OK, thank you", and makes no text easier.
_NO_SENTENCE = 2


def find_grade(text: str, language: str) -> int | None:
    """The school grade, rounded up; ``None`` for few words or a language without a measure."""
    plain = _NO_PROSE.sub("one", text)
    measured = measure_grade(plain, language)
    if measured is None:
        return None
    if language == "en":
        measured = max(measured, _grade_by_strokes(plain))
    return max(1, math.ceil(measured))


def _grade_by_strokes(text: str) -> float:
    """The Automated Readability Index (Smith and Senter, 1967) of what is typed, marks too."""
    words = [word for word in text.split() if _WORD.search(word)]
    if len(words) < FEWEST_WORDS:
        return 0.0
    strokes = sum(not letter.isspace() for letter in text)
    parts = (part.split() for part in _SENTENCE.findall(text))
    sentences = max(1, sum(len(part) > _NO_SENTENCE for part in parts))
    return 4.71 * strokes / len(words) + 0.5 * len(words) / sentences - 21.43
