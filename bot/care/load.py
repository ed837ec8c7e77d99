"""What people at the desk carry, and when a pause is offered. Pure; figures only, never content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

#: Topics of ``bot.care.handoffs`` and ``bot.care.handoff_note`` that stay with whoever hears them.
HEAVY_TOPICS = frozenset({"captivity", "children", "sexual violence", "suicide", "violence"})
#: A conversation longer than this is heavy whatever it was about.
LONG = timedelta(minutes=60)
#: So much talking in one day asks for a pause too.
MUCH = timedelta(hours=4)
#: Minutes. The pauses to choose from.
PAUSES = (15, 30, 60)


@dataclass(frozen=True)
class Closed:
    """One conversation that is over: ``lasted`` is the time from the claim to the end."""

    danger: bool
    topics: tuple[str, ...]
    lasted: timedelta


@dataclass(frozen=True)
class Pause:
    """A pause to offer, of so many minutes, one of :data:`PAUSES`.

    ``heavy`` is how many heavy conversations ended today; with none it was simply a lot.
    """

    minutes: int
    heavy: int


def is_heavy(closed: Closed) -> bool:
    """Whether a conversation was hard to hear: danger, a heavy topic, or very long."""
    return closed.danger or bool(HEAVY_TOPICS & set(closed.topics)) or closed.lasted > LONG


def decide_pause(today: Sequence[Closed]) -> Pause | None:
    """The pause to offer after the last of ``today``, oldest first; ``None`` when there is no need.

    Each heavy conversation of the day makes it longer. It is an offer: nothing depends on a yes.
    """
    if not today:
        return None
    heavy = sum(map(is_heavy, today))
    if is_heavy(today[-1]):
        return Pause(PAUSES[min(heavy, len(PAUSES)) - 1], heavy)
    if sum((one.lasted for one in today), timedelta()) >= MUCH:
        return Pause(PAUSES[1], heavy)
    return None


def find_midnight(local_now: datetime) -> datetime:
    """When the day began that ``local_now``, in the site's time zone, belongs to."""
    return local_now.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
