"""How wrong passphrases slow down: a person mistypes a few times, a guesser many times."""

from __future__ import annotations

from datetime import datetime, timedelta

#: So many wrong tries cost no time.
FREE = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=24)
#: After so long without a wrong one, all are forgotten.
FORGIVEN_AFTER = timedelta(days=7)

#: From here on the wait is the longest; more doubling would change nothing.
_DOUBLED_AT_MOST = 11


def next_try_at(failures: int, failed_at: datetime) -> datetime:
    """From when on the next try counts, after so many wrong ones, the last at ``failed_at``.

    The first five are free; then the wait doubles from a minute to a day.
    """
    if failures < FREE:
        return failed_at
    doubled = min(failures - FREE, _DOUBLED_AT_MOST)
    return failed_at + min(FIRST_WAIT * (1 << doubled), LONGEST_WAIT)


def count_failures(failures: int, failed_at: datetime, now: datetime) -> int:
    """How many of the wrong tries still count at ``now``."""
    return 0 if now - failed_at >= FORGIVEN_AFTER else failures
