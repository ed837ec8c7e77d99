"""The few things that are read of what a person writes to a navigator. All else is theirs. Pure."""

from __future__ import annotations

from bot.care.reading import parse_command

_TAKE_BACK = {
    "en": (
        "take back", "take it back", "take that back", "stop sharing", "do not share",
        "dont share", "do not share it", "dont share it", "unshare",
    ),
    "es": (
        "retirar", "quitar", "quitalo", "retirar permiso", "quitar permiso", "no compartir",
        "ya no compartir", "no lo compartas", "no compartas", "deja de compartir",
        "dejen de compartir", "dejar de compartir",
    ),
}  # fmt: skip
_YES = ("yes", "y", "yes please", "yeah", "yep", "ok yes", "1", "si", "si por favor", "claro",
        "claro que si", "si claro")  # fmt: skip
_NO = (
    "no",
    "n",
    "no thanks",
    "no thank you",
    "nope",
    "2",
    "no gracias",
    "mejor no",
    "claro que no",
)

#: By the letters of the whole message: the language of the words that take sharing back.
_TAKES_BACK = {parse_command(word): name for name, words in _TAKE_BACK.items() for word in words}
_ANSWERS = {
    **{parse_command(word): True for word in _YES},
    **{parse_command(word): False for word in _NO},
}


def find_take_back(untrusted_text: str) -> str | None:
    """The language in which the whole message takes back what was shared, if it does."""
    return _TAKES_BACK.get(parse_command(untrusted_text))


def parse_yes_no(untrusted_text: str) -> bool | None:
    """A plain yes or no that is the whole message; ``None`` for anything else."""
    return _ANSWERS.get(parse_command(untrusted_text))
