"""What a person chose, when what they typed is an option or a fixed word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.wire.turns import Option

#: Words that work at any step after the first, in every language at once.
FIXED = {
    "more": "/more",
    "mas": "/more",
    "menu": "/another_need",
    "plan": "/safety_plan",
}

_NUMBER = re.compile(r"(?:option|opcion|number|numero)?\s*(\d{1,2})")
_DETAILS = re.compile(r"(?:details?|detalles?|info)\s*(?:of|de|for)?\s*(\d)")


def decide_choice(untrusted_text: str, offered: Sequence[Option]) -> str | None:
    """The payload behind ``untrusted_text``, or ``None`` when it must be understood.

    ``2``, ``2.``, ``(2)`` and the second option's own title all choose the second
    option of those last offered.
    """
    said = _plain(untrusted_text)
    if match := _NUMBER.fullmatch(said):
        return _numbered(int(match[1]), offered)
    if match := _DETAILS.fullmatch(said):
        return f'/details{{"number": "{match[1]}"}}'
    titled = {_plain(option.title): option.payload for option in offered}
    return titled.get(said) or FIXED.get(said)


def _numbered(number: int, offered: Sequence[Option]) -> str | None:
    return offered[number - 1].payload if 1 <= number <= len(offered) else None


def _plain(untrusted_text: str) -> str:
    """Case, accents, punctuation and spare spaces carry no choice."""
    letters = unicodedata.normalize("NFKD", untrusted_text[:100].casefold())
    kept = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
