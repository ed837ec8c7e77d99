"""What a request can lack. Each docstring is the message."""

from __future__ import annotations


class NotAMessage(Exception):
    """The request is not a message of this channel."""
