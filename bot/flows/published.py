"""Which content is in use: what came with the code, or a release that was published since.

``home/content/<name>`` holds all of a release's content, and ``home/content/published`` names
the one in use. The file is replaced as a whole, so that every part of the house sees either
the one release or the other.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from bot.care.words import Words
from bot.flows.content import SHIPPED
from bot.watching import Watched, look_at

#: A release; and behind a dot the content that came with the code, over which it was made again.
_NAME = re.compile(r"([0-9a-f-]{1,64})(?:\.[0-9a-f]{16})?")


def find_release(home: Path, name: str) -> Path:
    """Where the content of a release lies, or will lie."""
    return home / "content" / name


def read_published(home: Path) -> str:
    """The folder's name of the release in use; empty for the content that came with the code.

    A release whose folder is gone is not in use: the bot rather speaks as it was shipped.
    """
    try:
        name = _pointer(home).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    return name if _NAME.fullmatch(name) and find_release(home, name).is_dir() else ""


def read_release(name: str) -> str:
    """Which release lies in the folder of this name."""
    return name.partition(".")[0]


def find_published(home: Path) -> Path:
    """The folder with the content in use."""
    name = read_published(home)
    return find_release(home, name) if name else SHIPPED


def save_published(home: Path, name: str) -> None:
    """Put a release in use; an empty name puts back what came with the code."""
    pointer = _pointer(home)
    pointer.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = pointer.with_name(f".published-{os.getpid()}")
    draft.write_text(name, encoding="utf-8")
    draft.replace(pointer)


def _pointer(home: Path) -> Path:
    return home / "content" / "published"


class LiveContent:
    """The folder with the content in use, for a part that runs while others publish."""

    def __init__(self, home: Path) -> None:
        self._root = Watched(lambda: look_at(_pointer(home)), lambda: find_published(home))

    def __call__(self) -> Path:
        """The folder, looked up again after each publishing."""
        return self._root()


class LiveWords:
    """The fixed sentences of the content in use (``bot.care.words``)."""

    def __init__(self, content: LiveContent) -> None:
        self._words = Watched(content, lambda: _load_words(content()))
        self._words()  # so that a sentence that is missing is told at the start

    @property
    def now(self) -> Words:
        """The sentences, read again after each publishing. Raises ``BadResponse``."""
        return self._words()

    def render(self, name: str, language: str, facts: Mapping[str, str]) -> str:
        """As :meth:`bot.care.words.Words.render`."""
        return self.now.render(name, language, facts)


def _load_words(root: Path) -> Words:
    return Words(root / "data" / "responses" / "care.yml")
