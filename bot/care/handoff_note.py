"""The note that a person lets go to a navigator: lines under letters, to strike or to change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: Lines of a note, and characters of one: all of it fits into two texts.
MOST_LINES, LONGEST_LINE = 6, 160
_LETTERS = "ABCDEF"
#: One letter alone, or one letter, a sign, and the new words; "a dog" is no change of line A.
_EDIT = re.compile(r"\s*([a-f])\s*(?:[).:=-]\s*(.*))?", re.IGNORECASE | re.DOTALL)

#: Which of what people tell needs a content note before it is read.
TOPICS = {
    "tell_physical": "violence",
    "tell_sexual": "sexual violence",
    "tell_images": "sexual violence",
    "tell_stalking": "stalking",
    "tell_trafficking": "exploitation",
    "tell_labour": "exploitation",
    "tell_forced_marriage": "forced marriage",
}


@dataclass(frozen=True)
class Edit:
    """A change to the line at ``index``; without ``words`` the line is struck."""

    index: int
    words: str = ""


def parse_edit(untrusted_text: str, lines: Sequence[str]) -> Edit | None:
    """The change that a message asks for; ``None`` when it is none.

    "a" alone takes out the line A, and "a: new words" changes it.
    """
    found = _EDIT.fullmatch(untrusted_text)
    index = _LETTERS.index(found[1].upper()) if found else len(lines)
    if found is None or index >= len(lines):
        return None
    return Edit(index, render_line(found[2] or ""))


def next_lines(lines: Sequence[str], edit: Edit) -> list[str]:
    """The note after a change."""
    replaced = [edit.words] if edit.words else []
    return [*lines[: edit.index], *replaced, *lines[edit.index + 1 :]][:MOST_LINES]


def render_line(untrusted_words: str) -> str:
    """One line of a note from what somebody wrote: their words, on one line."""
    return " ".join(untrusted_words.split())[:LONGEST_LINE]


def render_note(lines: Sequence[str]) -> list[str]:
    """The lines as the person sees them, each under its letter."""
    return [f"{letter}. {line}" for letter, line in zip(_LETTERS, lines, strict=False)]
