"""Why a request is refused. Each docstring is the message."""

from __future__ import annotations


class BodyRefused(Exception):
    """The request is too large."""


class SessionEnded(Exception):
    """The person left; nothing of the session can be read or added to."""
