"""Which names a file of a pack may have: those that stay in the folder, on any system."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from bot.packs.errors import NamesClash, UnsafeName

#: Where the files of a pack lie: the site's folder, and the content of the conversation.
SITE, CONTENT = "site", "content"
#: Characters. What the archive's plain format can hold.
LONGEST = 255
#: What the importing house writes into the folder itself.
_OURS = ("site/content", "site/localise.toml", "site/origin.toml")


def check_name(untrusted_name: str) -> None:
    """Raises :class:`UnsafeName` unless it names a file below one of the two folders."""
    if not _is_safe(untrusted_name):
        raise UnsafeName(show(untrusted_name))


def check_names(untrusted_names: Iterable[str]) -> None:
    """All names of a pack together. Raises :class:`UnsafeName` or :class:`NamesClash`.

    Names that differ only in case, or in how a letter is put together, are one file on some
    systems; and nothing can be a file and a folder.
    """
    known: dict[str, tuple[str, bool]] = {}
    for name in untrusted_names:
        check_name(name)
        parts = name.split("/")
        for count in range(1, len(parts) + 1):
            place = ("/".join(parts[:count]), count == len(parts))
            if known.setdefault(_fold(place[0]), place) != place:
                raise NamesClash(show(name))


def show(untrusted_name: str) -> str:
    """A name for a terminal: nothing in it acts there."""
    return ascii(untrusted_name[:LONGEST])


def _is_safe(name: str) -> bool:
    if not 0 < len(name) <= LONGEST or not name.isprintable():
        return False  # nothing unprintable: no NUL, no line break, no half of a letter
    if "\\" in name or ":" in name:  # a folder and a drive, on other systems
        return False
    parts = name.split("/")
    if len(parts) < 2 or parts[0] not in (SITE, CONTENT):
        return False
    folded = _fold(name)
    if any(folded == ours or folded.startswith(f"{ours}/") for ours in _OURS):
        return False
    return all(_is_safe_part(part) for part in parts)


def _is_safe_part(part: str) -> bool:
    """No way up, nothing hidden, and no end that other systems cut off."""
    return bool(part) and not part.startswith(".") and not part.endswith((".", " "))


def _fold(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
