"""A message in plain letters, from which every match can be led back to what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from bot.care.reading import fold
from bot.entities.entity import Entity, Kind, Value

#: What lies behind is not read, so that nobody can make a turn slow.
READ_AT_MOST = 1000


@dataclass(frozen=True)
class Reading:
    """A message and its plain letters: lower case, no accents, no apostrophes.

    ``origins`` has the place in ``text`` of each character of ``plain``: letters vanish
    (an accent that stands alone) and become several (a ligature).
    """

    text: str
    plain: str
    origins: tuple[int, ...]

    def entity(self, kind: Kind, value: Value, start: int, end: int) -> Entity:
        """An entity that stands in ``plain`` from ``start`` up to ``end``, which is later."""
        begin, stop = self.origins[start], self.origins[end - 1] + 1
        return Entity(kind, value, begin, stop, self.text[begin:stop])


def parse_reading(untrusted_text: str) -> Reading:
    """The first ``READ_AT_MOST`` characters of a message, made plain."""
    text = untrusted_text[:READ_AT_MOST]
    every = ((letter, place) for place, typed in enumerate(text) for letter in fold(typed))
    # One sign may stand for a whole word, so the letters are counted again.
    letters = list(islice(every, READ_AT_MOST))
    plain = "".join(letter for letter, _ in letters)
    return Reading(text, plain, tuple(place for _, place in letters))
