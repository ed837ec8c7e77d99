"""Parts of the day: "in the morning", "por la tarde", "nights"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Part:
    """A part of the day in a text, and the hours that it has.

    A ``bare`` one ("afternoon", "la noche") says something only next to a day.
    """

    start: int
    end: int
    first: time
    last: time
    bare: bool

    @property
    def early(self) -> bool:
        """Whether its hours are those before noon."""
        return self.first < time(12)


#: From when to when. "La tarde" goes on while the evening of English has begun.
_HOURS = {
    "morning": (time(6), time(12)),
    "afternoon": (time(12), time(18)),
    "tarde": (time(12), time(19)),
    "evening": (time(17), time(21)),
    "night": (time(19), time(23)),
    "madrugada": (time(0), time(6)),
}
_ALIKE = {
    "manana": "morning", "mananita": "morning", "morn": "morning", "am": "morning",
    "pm": "afternoon", "tardecita": "tarde", "noche": "night", "nite": "night",
    "tonight": "night", "tonite": "night", "2nite": "night", "2night": "night",
}  # fmt: skip
_PART = re.compile(
    r"\b(?:"
    r"(?P<lead>(?:in|on|during)\s(?:the\s)?|at\s(?=ni)|(?:this|early|any|weekday|weekend)\s)?"
    r"(?:(?P<en>morning|afternoon|evening|nite|night|morn)(?P<many>s)?"
    r"|(?<=in the\s)(?P<half>[ap]m))"
    r"|(?P<now>tonight|tonite|2nite|2night)"
    r"|(?P<de>(?:(?:por|en|x|a|d|de)\slas?|las|esta|cualquier|de)\s)?(?:la\s)?"
    r"(?P<es>(?:(?<=la\s)|(?<=las\s)|(?<=esta\s)|(?<=cualquier\s))mananas?"
    r"|mananita|tardecita|tardes?|noches?|madrugada)"
    r")\b"
)
#: A greeting, the past, a length of time or a habit: no part of a day to come.
_OTHER = re.compile(
    r"(?:\b(?:good|last|all|each|one|per|whole|other|another|every|yesterday|same|that|buen[ao]s"
    r"|[0-9]+|two|three|few|some|many|tod[ao]s?|ayer|anoche|cada|hace|mas|muy|es|mitad|middle"
    r"|nightly|una|otra|aquella|toda la)\s(?:the\s|en\s|por\s|las?\s|of\sthe\s|of\s)?)$"
)


def find_parts(plain: str) -> Iterator[Part]:
    """The parts of a day in a message, first to last."""
    for match in _PART.finditer(plain):
        if not _OTHER.search(plain[max(0, match.start() - 30) : match.start()]):
            yield _read(match)


def _read(match: re.Match[str]) -> Part:
    said = match["en"] or match["half"] or match["now"] or match["es"].removesuffix("s")
    first, last = _HOURS[_ALIKE.get(said, said)]
    clear = match["lead"] or match["many"] or match["half"] or match["now"] or match["de"]
    return Part(*match.span(), first, last, bare=not clear)
