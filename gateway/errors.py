"""Why a request is refused. Each docstring is the message."""

from __future__ import annotations


class BodyRefused(Exception):
    """The request is too large."""
