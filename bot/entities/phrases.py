"""Days, hours and parts of the day that belong together: "tuesday or thursday after 3"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import time

from bot.entities.dates import Days
from bot.entities.hours import Hours
from bot.entities.parts import Part

Piece = Days | Hours | Part
Span = tuple[time | None, time | None]

_LONGEST_GAP, _HALF_DAY = 30, 12
#: What may stand between two pieces of one time.
_BETWEEN = re.compile(
    r"[\s,/&()+-]*(?:(?:at|on|in|the|a|el|la|los|las|l|al|de|del|en|por|x|como|and|or|n|y|o|u|like"
    r"|maybe|around|about|early|temprano|tempranito|any|anytime|time|sometime|is|works|good|best"
    r"|better|mejor|solo|only|tipo|also|tambien)[\s,/&()-]+){0,3}"
)


@dataclass
class Phrase:
    """Pieces that have been joined so far."""

    pieces: list[Piece]

    @property
    def start(self) -> int:
        """The first character."""
        return min(piece.start for piece in self.pieces)

    @property
    def end(self) -> int:
        """The character behind the last."""
        return max(piece.end for piece in self.pieces)

    @property
    def days(self) -> list[Days]:
        """The days that are named."""
        return [piece for piece in self.pieces if isinstance(piece, Days)]

    @property
    def hours(self) -> list[Hours]:
        """The hours that are named: at most an earliest and a latest one."""
        return [piece for piece in self.pieces if isinstance(piece, Hours)]

    @property
    def part(self) -> Part | None:
        """The part of the day that is named."""
        return next((piece for piece in self.pieces if isinstance(piece, Part)), None)

    @property
    def clock(self) -> list[Hours | Part]:
        """What is said of the time of day."""
        return [piece for piece in self.pieces if not isinstance(piece, Days)]

    def takes(self, piece: Piece) -> bool:
        """Whether one more piece would still make one time of all."""
        if isinstance(piece, Days):
            # "Monday at 3, Tuesday at 5" are two times; "3pm Monday or Tuesday" is one.
            return isinstance(self.pieces[-1], Days) or not self.days
        if self.days and not isinstance(self.pieces[0], Days):
            return False
        if isinstance(piece, Part):
            return self.part is None
        return not self.hours or (len(self.hours) == 1 and _complete(self.hours[0], piece))

    def span(self) -> Span:
        """From when to when on each day; ``None`` where it is open."""
        part = self.part
        hours = [_fitted(hour, part) for hour in self.hours]
        after = next((hour.after for hour in hours if hour.after), None)
        before = next((hour.before for hour in hours if hour.before), None)
        if part is None or any(hour.exact for hour in hours):
            return after, before
        return _within(after or part.first, before or part.last)


def find_phrases(plain: str, pieces: Iterable[Piece]) -> Iterator[Phrase]:
    """The pieces of a message joined where only small words stand between them."""
    phrase = Phrase([])
    for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end)):
        if not phrase.pieces:
            phrase = Phrase([piece])
        elif not _is_near(plain[phrase.end : piece.start]):
            yield phrase
            phrase = Phrase([piece])
        elif phrase.takes(piece):
            phrase.pieces.append(piece)
        else:
            taken = _take_last_day(phrase, piece)
            yield phrase
            phrase = Phrase([*taken, piece])
    if phrase.pieces:
        yield phrase


def _take_last_day(phrase: Phrase, piece: Piece) -> list[Piece]:
    """The day that belongs to the hours behind it: "until 5, Tuesday | at 4"."""
    last = phrase.pieces[-1]
    if isinstance(piece, Days) or not isinstance(last, Days) or isinstance(phrase.pieces[0], Days):
        return []
    return [phrase.pieces.pop()]


def _is_near(between: str) -> bool:
    return len(between) <= _LONGEST_GAP and _BETWEEN.fullmatch(between) is not None


def _complete(one: Hours, other: Hours) -> bool:
    """Whether one says the earliest hour and the other the latest."""
    return not (one.exact or other.exact) and (one.after is None) != (other.after is None)


def _fitted(hours: Hours, part: Part | None) -> Hours:
    """The hours in the half of the day that the part is in: "at 8 in the evening"."""
    if part is None or hours.sure:
        return hours
    after, before = (_fit(hour, part) for hour in (hours.after, hours.before))
    return replace(hours, after=after, before=before)


def _fit(hour: time | None, part: Part) -> time | None:
    if hour is None or hour.hour == _HALF_DAY:
        return hour
    wanted = hour.hour % _HALF_DAY + (0 if part.early else _HALF_DAY)
    return hour.replace(hour=wanted)


def _within(after: time, before: time) -> Span:
    return (after, before) if after < before else (after, None)
