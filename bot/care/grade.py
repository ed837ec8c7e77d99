"""About how many years of school a text asks for. Pure, and no more than an estimate.

English by the Automated Readability Index (Smith and Senter, 1967), which needs letters, words
and sentences; Spanish by Crawford (1989), which needs syllables and sentences.
"""

from __future__ import annotations

import re
import unicodedata

#: What people in distress, or in a second language, can be expected to read.
WANTED = 6
#: Fewer words than this say nothing about how hard they are.
FEWEST_WORDS = 4

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Runs of digits and signs such as a phone number are one short word to a reader.
_NUMBER = re.compile(r"\d(?:[\d\s().:/-]*\d)?")
_SENTENCE = re.compile(r"[.!?\n]+")
_STRONG = "aeoáéíóú"
_VOWELS = re.compile(r"[aeiouáéíóúü]+")


def estimate_grade(text: str, language: str) -> int | None:
    """The school grade, 1 or more; ``None`` for a language without a measure, and for few words."""
    measured = measure_grade(text, language)
    return None if measured is None else max(1, round(measured))


def measure_grade(text: str, language: str) -> float | None:
    """The same as the formula gives it, which may be less than 1."""
    measure = _MEASURES.get(language)
    plain = _NUMBER.sub(" one ", unicodedata.normalize("NFC", text).casefold())
    words = _WORD.findall(plain)
    if measure is None or len(words) < FEWEST_WORDS:
        return None
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE.split(plain))
    return measure(words, sentences)


def _grade_english(words: list[str], sentences: int) -> float:
    letters = sum(len(word.replace("'", "").replace("’", "")) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43


def _grade_spanish(words: list[str], sentences: int) -> float:
    syllables = sum(map(count_syllables, words))
    return -20.5 * sentences / len(words) + 4.9 * syllables / len(words) - 3.407


def count_syllables(word: str) -> int:
    """The syllables of a Spanish word in lower case: two strong vowels are two, others flow."""
    quiet = re.sub(r"qu|gu(?=[eiéí])", "q", word)  # the u is not heard there
    groups = _VOWELS.findall(quiet)
    strong = (sum(vowel in _STRONG for vowel in group) or 1 for group in groups)
    return max(1, sum(strong))


_MEASURES = {"en": _grade_english, "es": _grade_spanish}
