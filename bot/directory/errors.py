"""Why a package cannot be read at all. Each docstring is the message."""

from __future__ import annotations


class PackageUnreadable(Exception):
    """The package cannot be read."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"{path}: {reason}.")
