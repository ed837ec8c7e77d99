"""What can be wrong with a journey's file. Each docstring is the message."""

from __future__ import annotations


class BadJourney(Exception):
    """A journey cannot be read as it is written."""

    def __init__(self, path: object, reason: object) -> None:
        super().__init__(f"The journey {path} cannot be used: {reason}.")
