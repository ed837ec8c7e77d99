"""What can go wrong with the database. Each docstring is the message."""

from __future__ import annotations


class DatabaseFailed(Exception):
    """The embedded database cannot be made or started."""

    def __init__(self, step: str, log: object) -> None:
        super().__init__(f"The embedded database failed at '{step}'; see {log}.")


class NoConsent(Exception):
    """The person has not agreed to this, or not any more."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"There is no valid consent of the kind '{kind}'.")
        self.kind = kind


class CaseloadFull(Exception):
    """The navigator holds as many conversations as they may."""

    def __init__(self, most: int) -> None:
        super().__init__(f"You hold {most} conversations, which is your limit.")
        self.most = most


class NotNow(Exception):
    """This cannot follow what is there already."""
