"""What to do when one number sends very many messages."""

from __future__ import annotations

from enum import Enum

# A person who types one line after another stays below this; a machine does not.
MOST_IN_A_MINUTE = 20


class Pace(Enum):
    """How to treat a message. Safety findings are answered whatever the pace."""

    ANSWER = "answer"
    SLOW_DOWN_ONCE = "slow_down_once"
    QUIET = "quiet"


def decide_pace(recent: int, told_recently: bool) -> Pace:
    """The pace for a number with ``recent`` messages in the last minute, this one included.

    ``told_recently``: it was already asked to slow down and has not paused since.
    """
    if recent <= MOST_IN_A_MINUTE:
        return Pace.ANSWER
    return Pace.QUIET if told_recently else Pace.SLOW_DOWN_ONCE
