"""What was read from files, kept for as long as they stay the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

Read = TypeVar("Read")


class Watched(Generic[Read]):
    """Calls ``read`` when it is first asked, and again when ``look`` says something else.

    It looks before it reads, so that what changes meanwhile is seen the next time. When ``read``
    raises, nothing is kept, and the next one who asks tries again.
    """

    def __init__(self, look: Callable[[], object], read: Callable[[], Read]) -> None:
        self._look, self._read = look, read
        self._kept: tuple[object, Read] | None = None

    def __call__(self) -> Read:
        """The value as it is now. Raises whatever ``look`` and ``read`` do."""
        state = self._look()
        if self._kept is None or self._kept[0] != state:
            self._kept = state, self._read()
        return self._kept[1]


def look_at(path: Path) -> tuple[int, int] | None:
    """Differs once a file was replaced or written to; ``None`` while there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns
