"""Why a job must be tried again. Each docstring is the message."""

from __future__ import annotations


class EngineAway(Exception):
    """The engine cannot answer now; nothing of the turn has happened."""


class EngineFailed(Exception):
    """The engine is there but could not take this turn."""


class ModelRefused(Exception):
    """The engine could not load this model, and goes on with the one it has."""


class SnapshotTooOld(Exception):
    """The engine cannot read this conversation's snapshot."""


class TryLater(Exception):
    """The vendor cannot take this reply now; in ``seconds``, if it said when."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__()
        self.seconds = seconds
