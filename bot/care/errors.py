"""What can be wrong with the content that this room reads. Never a person's message."""

from __future__ import annotations


class CareError(Exception):
    """The safety content is not usable."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"{self.__doc__} ({detail})")


class NoPatterns(CareError):
    """There is no file of safety patterns for this language."""


class BadPattern(CareError):
    """A safety pattern is not written in the notation that docs/safety-rules.md explains."""


class UnusableExitWord(CareError):
    """An exit word needs a letter or digit, and no other meaning such as STOP has."""


class BadResponse(CareError):
    """A safety response is missing, has no default text, or names an unknown fact."""


class BadPersona(CareError):
    """A persona for practice cannot be played as it is written; docs/practice.md explains how."""


class BadReplies(CareError):
    """Ready replies or phrases cannot be used as written; docs/navigators.md explains how."""
