"""How many segments a text takes: what it costs, and how likely it arrives in one piece.

3GPP TS 23.038: a text whose characters are all in the GSM-7 alphabet has 160 septets,
or 153 in each part of a longer one; any other text is sent as UCS-2, with 70 or 67
sixteen-bit units. A character is never split between two parts. Toll-free numbers of
North America put a longer header before each part, so that a part holds 152 or 66.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_EXTENSION = frozenset("\f^{}\\[~]|€")

_GSM7_SIZES, _GSM7_TOLL_FREE = (160, 153), (160, 152)
_UCS2_SIZES, _UCS2_TOLL_FREE = (70, 67), (70, 66)


@dataclass(frozen=True)
class Segments:
    """``units`` are septets in GSM-7 and sixteen-bit units in UCS-2."""

    encoding: str
    units: int
    count: int


def is_gsm7(text: str) -> bool:
    """Whether every character is in the GSM-7 alphabet or its extension."""
    return all(letter in _GSM7 or letter in _GSM7_EXTENSION for letter in text)


def count_segments(text: str, *, toll_free: bool = False) -> Segments:
    """The segments of ``text`` as it stands; ``toll_free`` when such a number sends it."""
    if is_gsm7(text):
        widths = [2 if letter in _GSM7_EXTENSION else 1 for letter in text]
        sizes = _GSM7_TOLL_FREE if toll_free else _GSM7_SIZES
        return Segments("GSM-7", sum(widths), _count_parts(widths, sizes))
    widths = [2 if ord(letter) > 0xFFFF else 1 for letter in text]
    sizes = _UCS2_TOLL_FREE if toll_free else _UCS2_SIZES
    return Segments("UCS-2", sum(widths), _count_parts(widths, sizes))


def _count_parts(widths: Iterable[int], sizes: tuple[int, int]) -> int:
    widths = list(widths)
    single, part = sizes
    if sum(widths) <= single:
        return 1
    count, used = 1, 0
    for width in widths:
        if used + width > part:
            count, used = count + 1, 0
        used += width
    return count
