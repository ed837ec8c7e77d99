"""What can be wrong before anything starts. Each docstring is the message."""

from __future__ import annotations


class SettingError(Exception):
    """A setting is missing or wrong."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}.")
        self.name = name


class SiteError(Exception):
    """The site pack cannot be read."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"The site pack {path} {reason}.")
        self.reason = reason
