"""Writing a text so that it takes fewer segments and still says the same."""

from __future__ import annotations

import unicodedata

from bot.wire.segments import is_gsm7

_ACUTE = "\N{COMBINING ACUTE ACCENT}"
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\xa0": " "}
)


def shorten(text: str) -> str:
    """Write ``text`` in the GSM-7 alphabet if leaving out acute accents is enough for that.

    The reasons are in docs/decisions/0006-accents-in-texts.md. A letter and its accent may
    come as two characters, of which the alphabet has neither; they are joined first.
    """
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    if is_gsm7(plain):
        return plain
    bare = "".join(letter if is_gsm7(letter) else _without_acute(letter) for letter in plain)
    return bare if is_gsm7(bare) else plain


def _without_acute(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", apart.replace(_ACUTE, ""))
