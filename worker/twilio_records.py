"""Recognising a message of ours in Twilio's list of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Wanted:
    """A message that Twilio may have taken. ``words`` are all that it may say."""

    receiver: str
    since: datetime
    words: frozenset[str]
    segments: int


def is_wanted(message: Any, wanted: Wanted) -> bool:
    """Whether ``message``, as Twilio's client reads it, may be the one that is ``wanted``.

    Where Twilio keeps no words, the length and what is left of the number must do.
    """
    created = message.date_created
    if message.direction == "inbound" or created is None or created < wanted.since:
        return False
    if message.body in wanted.words:
        return bool(message.to == wanted.receiver)
    return (
        _is_hidden(message.body)
        and _is_same(str(message.to), wanted.receiver)
        and message.num_segments in {"0", str(wanted.segments)}  # 0: not counted yet
    )


def _is_hidden(body: str | None) -> bool:
    """? How Twilio shows a body that it has not kept."""
    return not body or "redacted" in body.lower()


def _is_same(shown: str, receiver: str) -> bool:
    """Whether two numbers are one, where other letters may stand for the digits of the first."""
    pairs = zip(shown, receiver, strict=False)
    return len(shown) == len(receiver) and all(a == b or not a.isdigit() for a, b in pairs)
