"""Why a package cannot be read at all. Each docstring is the message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.directory.report import Report


class PackageUnreadable(Exception):
    """The package cannot be read."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"{path}: {reason}.")
        self.reason = reason


class DocumentUnreadable(Exception):
    """This is no service as an HSDS 3 API says it."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class EntryRefused(Exception):
    """The entry cannot be kept like this. ``report`` says what is wrong, or what it gives away."""

    def __init__(self, report: Report) -> None:
        super().__init__(self.__doc__)
        self.report = report


class ChangedMeanwhile(Exception):
    """Somebody else changed this entry meanwhile. ``changed_at`` is when; ``None``: it is gone."""

    def __init__(self, changed_at: datetime | None) -> None:
        super().__init__(self.__doc__)
        self.changed_at = changed_at


class NothingToUndo(Exception):
    """There is no such change or import, or it was undone already."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class OpensConfidential(Exception):
    """The package would open what is confidential here, for it holds it without the mark."""

    #: What can be done about it.
    ADVICE = (
        "Mark it in the package, leave it out, or take the mark away by hand in the console first."
    )

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"{self.__doc__} {self.ADVICE}")
        self.names = names


class EntriesChangedSince(Exception):
    """Entries were changed after the import. ``entry_ids`` are some of them."""

    def __init__(self, entry_ids: Sequence[str]) -> None:
        super().__init__(self.__doc__)
        self.entry_ids = entry_ids
