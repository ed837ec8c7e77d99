"""Where a phrase stands in a message: every place at once, one bit for each word.

Bit ``n`` of a number stands for the ``n``-th word. All phrases of a language are tried in
less than a millisecond that way, even in a long message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.care.phrases import Times

_LONGEST_GAP = 4

#: A phrase as the numbers of its parts; a gap's number is that of the end of a sentence.
Steps = Sequence[tuple[int, Times]]
Span = tuple[int, int]


def find_spans(steps: Steps, places: Sequence[int], length: int) -> Iterator[Span]:
    """The first word and the one after the last, wherever the phrase stands.

    ``places`` are, for each part's number, the words that fit it.
    """
    if not _walk(steps, places, (1 << length) - 1):
        return
    for start in range(length):
        ends = _walk(steps, places, 1 << start)
        while ends:
            yield start, ends.bit_length() - 1
            ends ^= 1 << (ends.bit_length() - 1)


def _walk(steps: Steps, places: Sequence[int], here: int) -> int:
    """The places that come after the phrase when it begins at one of ``here``."""
    for part, times in steps:
        fits = places[part]
        if times is Times.ONCE:
            here = (here & fits) << 1
        elif times is Times.MAYBE:
            here |= (here & fits) << 1
        elif times is Times.GAP:
            for _ in range(_LONGEST_GAP):
                here |= (here & ~fits) << 1
        else:
            here = _walk_on(here, fits)
        if not here:
            return 0
    return here


def _walk_on(here: int, fits: int) -> int:
    further = here | (here & fits) << 1
    while further != here:
        here, further = further, further | (further & fits) << 1
    return here
