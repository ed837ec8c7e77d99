"""Pronouns that a person gave of their own accord. Nobody is asked, and none are guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.care.reading import fold

_PAIR = r"(?:she|her|he|him|they|them|xe|ze|elle|ella|el)"
#: "she/her", and "my pronouns are they", in a message of any case and accents.
_GIVEN = re.compile(
    rf"\b({_PAIR}(?:\s?/\s?[a-z]{{2,5}}){{1,2}})\b"
    rf"|\b(?:my pronouns(?: are)?|pronouns?:|mis pronombres(?: son)?|pronombres?:)\s*({_PAIR})\b"
)
#: These stand side by side without being anybody's pronouns.
_NOT = re.compile(r"(?:he\s?/\s?she|she\s?/\s?he|el\s?/\s?ella|ella\s?/\s?el)")


def find_pronouns(untrusted_texts: Iterable[str]) -> str:
    """The ones given last, such as ``they/them``; empty when nobody said any."""
    given = ""
    for text in untrusted_texts:
        for found in _GIVEN.finditer(fold(text)):
            said = re.sub(r"\s", "", found[1] or found[2])
            given = given if _NOT.fullmatch(said) else said
    return given
