"""Waiting for the end: nothing is counted while replies may still come."""

from __future__ import annotations

import time

from bench.turns.home import wait_until
from bench.turns.side import Side

QUIET = 3.0


def settle(side: Side) -> None:
    """Return when everything is answered and the carrier has been handed nothing for a while."""
    wait_until(side.is_idle, "the last answer")
    before = None
    while before != (replies := side.carrier.read_replies()):
        before = replies
        time.sleep(QUIET)
