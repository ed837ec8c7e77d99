"""What a person chose, when what they typed is an option or a fixed word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from bot.wire.turns import Option

#: Words that work at any step after the first, in every language at once.
_WORDS = {
    "/more": "more mas",
    "/another_need": "menu",
    "/plan": "plan",
    "/skip": "skip saltar",
    "/go_back": "back atras",
    "/pause": "pause pausa",
    "/resume": "resume seguir",
    "/book_appointment": "book cita",
    "/see_appointment": "visits citas",
    "/my_steps": "steps pasos",
    "/see_referrals": "referrals referidos",
    "/check_in": "checkin",
    "/ask_consents": "agreed acepte",
    "/take_back": "quitar",
    "/ask_access": "seen visto",
    "/cover_story": "cover disfraz",
}
#: Those of several words.
_SAID = {
    "my data": "/ask_my_data",
    "mis datos": "/ask_my_data",
    "my phrase": "/open_memory",
    "mi frase": "/open_memory",
    "remember me": "/remember_me",
    "take back": "/take_back",
    "no reminders": "/no_reminders",
    "sin recordatorios": "/no_reminders",
    "check in": "/check_in",
    **{word: payload for payload, words in _WORDS.items() for word in words.split()},
}
#: The meanings that such words are taken for.
DECIDED = frozenset(payload.removeprefix("/") for payload in _SAID.values())

_NUMBER = re.compile(r"(?:option|opcion|number|numero)?\s*(\d{1,2})")
_DETAILS = re.compile(r"(?:details?|detalles?|info)\s*(?:of|de|for)?\s*(\d)")


def decide_choice(untrusted_text: str, offered: Sequence[Option]) -> str | None:
    """The payload behind ``untrusted_text``, or ``None`` when it must be understood.

    ``2``, ``2.``, ``(2)`` and the second option's own title all choose the second
    option of those last offered.
    """
    said = plain(untrusted_text)
    if match := _NUMBER.fullmatch(said):
        return _numbered(int(match[1]), offered)
    if match := _DETAILS.fullmatch(said):
        return f'/details{{"number": "{match[1]}"}}'
    titled = {plain(option.title): option.payload for option in offered}
    return titled.get(said) or _SAID.get(said)


def find_named(untrusted_text: str, titles: Mapping[str, Iterable[str]]) -> str | None:
    """The one thing of which a title stands in the message; ``None`` for none and for several."""
    said = f" {plain(untrusted_text)} "
    named = [
        name for name, known in titles.items() if any(f" {plain(one)} " in said for one in known)
    ]
    return named[0] if len(named) == 1 else None


def _numbered(number: int, offered: Sequence[Option]) -> str | None:
    return offered[number - 1].payload if 1 <= number <= len(offered) else None


def plain(untrusted_text: str) -> str:
    """The letters that count: case, accents, punctuation and spare spaces carry no choice."""
    letters = unicodedata.normalize("NFKD", untrusted_text[:100].casefold())
    kept = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
