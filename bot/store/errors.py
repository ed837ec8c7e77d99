"""What can go wrong with the database. Each docstring is the message."""

from __future__ import annotations


class DatabaseFailed(Exception):
    """The embedded database cannot be made or started."""

    def __init__(self, step: str, log: object) -> None:
        super().__init__(f"The embedded database failed at '{step}'; see {log}.")
