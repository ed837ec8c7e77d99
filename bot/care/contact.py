"""Safe contact: whether, when and in which words the house may write without being asked.

All moments carry a time zone. Nothing here sends: it says what may be sent, and when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.care.contact_hours import LOOK_AHEAD, Window, next_opening

#: The longest wording of a reminder, in characters: with a greeting it stays one text.
LONGEST_WORDING = 120

#: What comes sooner after the person's own message is an answer: the phone is still in the hand.
IMMEDIATE = timedelta(minutes=15)

#: A walk, a meal or a child to bed takes less. In an hour a phone may have come into another
#: hand, and half of the time that a conversation without consent is kept is over.
SILENCE = timedelta(hours=1)

NO_CONSENT, NEVER_FIRST, NO_WINDOW_LEFT = "no_consent", "never_first", "no_window_left"

#: The neutral sentence of a reminder, by its name in the responses.
NEUTRAL_REMINDER = "reminder"


@dataclass(frozen=True)
class ContactWishes:
    """How a person may be written to.

    ``first``: the house may write first at all. ``days``, ``starts`` and ``ends`` are those of a
    :class:`Window`, in the site's time. ``wording`` is what a reminder says,
    empty for the neutral sentence. ``code_word_first``: nothing is said before the code word.
    Raises ``ValueError`` for days that do not exist and for a wording that is too long.
    """

    first: bool = False
    days: frozenset[int] = frozenset()
    starts: time = time(0)
    ends: time = time(0)
    wording: str = ""
    code_word_first: bool = False
    channel: str = ""

    def __post_init__(self) -> None:
        if not self.days <= set(range(7)) or len(self.wording) > LONGEST_WORDING:
            raise ValueError("days or wording")

    @property
    def window(self) -> Window:
        """When a message may come."""
        return Window(self.days, self.starts, self.ends)

    def to_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "first": self.first,
            "days": sorted(self.days),
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat(),
            "wording": self.wording,
            "code_word_first": self.code_word_first,
            "channel": self.channel,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> ContactWishes:
        """The wishes that :meth:`to_json` wrote. Raises ``KeyError`` on anything else."""
        return cls(
            first=value["first"],
            days=frozenset(value["days"]),
            starts=time.fromisoformat(value["starts"]),
            ends=time.fromisoformat(value["ends"]),
            wording=value["wording"],
            code_word_first=value["code_word_first"],
            channel=value["channel"],
        )


@dataclass(frozen=True)
class Send:
    """Now is a good moment."""


@dataclass(frozen=True)
class Wait:
    """Until then, in UTC; it is the next good moment."""

    until: datetime


@dataclass(frozen=True)
class Drop:
    """Never. ``reason`` is ``no_consent``, ``never_first`` or ``no_window_left``."""

    reason: str


@dataclass(frozen=True)
class OwnWords:
    """What the person wants a reminder to say."""

    text: str


@dataclass(frozen=True)
class Sentence:
    """A reviewed sentence by its name in the responses."""

    name: str
    language: str


def decide_contact(
    wishes: ContactWishes | None, consented: bool, now: datetime, useful_until: datetime
) -> Send | Wait | Drop:
    """What becomes of a message that the house writes first. ``now`` has the site's time zone.

    Who said nothing of it is never written to first.
    """
    if not consented:
        return Drop(NO_CONSENT)
    if wishes is None or not wishes.first:
        return Drop(NEVER_FIRST)
    return _decide_window(wishes, now, useful_until)


def decide_late_reply(
    wishes: ContactWishes | None, written_at: datetime, now: datetime
) -> Send | Wait | Drop:
    """What becomes of an answer to what the person wrote at ``written_at``.

    Later than :data:`IMMEDIATE` it comes out of the blue, just as a first message does; so "never
    text first" holds for it too. Whoever has no wishes gets the answer they asked for.
    """
    if wishes is None or _utc(now) - _utc(written_at) <= IMMEDIATE:
        return Send()
    if not wishes.first:
        return Drop(NEVER_FIRST)
    return _decide_window(wishes, now, now + LOOK_AHEAD)


def decide_staff_reply(
    wishes: ContactWishes | None, consented: bool, written_at: datetime, now: datetime
) -> Send | Wait:
    """What becomes of a navigator's answer to what the person wrote at ``written_at``.

    It may come hours later, and is never lost: what may not come out of the blue waits until the
    person writes again, or until an hour that they called safe.
    """
    at_once = IMMEDIATE if wishes else SILENCE
    if _utc(now) - _utc(written_at) <= at_once:
        return Send()
    if consented and wishes and wishes.first:
        decided = _decide_window(wishes, now, now + LOOK_AHEAD)
        if not isinstance(decided, Drop):
            return decided
    return Wait(_utc(now) + SILENCE)


def is_silence_long(heard_at: datetime, now: datetime) -> bool:
    """Whether nothing personal may be said before it is known again who reads, and how safely."""
    return _utc(now) - _utc(heard_at) >= SILENCE


def render_reminder(wishes: ContactWishes, language: str) -> OwnWords | Sentence:
    """All that a reminder says. What it is about, and where, is never in it."""
    if wishes.wording.strip():
        return OwnWords(wishes.wording.strip())
    return Sentence(NEUTRAL_REMINDER, language)


def _decide_window(
    wishes: ContactWishes, now: datetime, useful_until: datetime
) -> Send | Drop | Wait:
    if _utc(now) > _utc(useful_until):
        return Drop(NO_WINDOW_LEFT)
    if wishes.window.holds(now):
        return Send()
    opening = next_opening(wishes.window, now)
    if opening is None or opening > _utc(useful_until):
        return Drop(NO_WINDOW_LEFT)
    return Wait(opening)


def _utc(moment: datetime) -> datetime:
    """Two moments of one time zone are compared by the wall clock, unless they are in UTC."""
    return moment.astimezone(UTC)
