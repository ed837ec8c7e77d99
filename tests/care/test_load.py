"""When a pause is offered, and what makes a conversation heavy."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.care.handoff_note import TOPICS
from bot.care.handoffs import find_topics
from bot.care.load import (
    HEAVY_TOPICS,
    LONG,
    PAUSES,
    Closed,
    Pause,
    decide_pause,
    find_midnight,
    is_heavy,
)

MINUTE = timedelta(minutes=1)
LIGHT = Closed(False, ("stalking",), 20 * MINUTE)
HEAVY = Closed(False, ("suicide",), 20 * MINUTE)


@pytest.mark.parametrize(
    "closed",
    [
        Closed(True, (), MINUTE),
        Closed(False, ("stalking", "children"), MINUTE),
        Closed(False, ("sexual violence",), MINUTE),
        Closed(False, (), LONG + MINUTE),
    ],
)
def test_danger_a_heavy_topic_or_a_long_talk_is_heavy(closed: Closed) -> None:
    assert is_heavy(closed)
    assert decide_pause([LIGHT, closed]) == Pause(15, 1)


def test_other_talks_are_not() -> None:
    assert not is_heavy(LIGHT)
    assert not is_heavy(Closed(False, (), LONG))
    assert decide_pause([]) is None
    assert decide_pause([LIGHT, LIGHT]) is None


def test_heavy_topics_are_words_that_a_content_note_uses() -> None:
    reasons = ("danger", "danger_captive", "medical", "suicide", "child")
    assert {*TOPICS.values(), *find_topics(reasons)} >= HEAVY_TOPICS


def test_a_pause_is_offered_after_the_heavy_one_and_not_again_after_the_next() -> None:
    assert decide_pause([LIGHT, HEAVY]) is not None
    assert decide_pause([HEAVY, LIGHT]) is None


def test_every_heavy_talk_of_the_day_makes_it_longer_up_to_the_longest() -> None:
    offers = [decide_pause([HEAVY] * count) for count in range(1, 6)]
    assert [offer and offer.minutes for offer in offers] == [*PAUSES, 60, 60]


def test_many_hours_ask_for_one_too() -> None:
    hour = Closed(False, (), LONG)
    assert decide_pause([hour] * 3) is None
    assert decide_pause([hour] * 4) == Pause(30, 0)


def test_the_day_begins_at_the_sites_midnight() -> None:
    now = datetime(2026, 11, 25, 0, 30, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert find_midnight(now).isoformat() == "2026-11-25T00:00:00-08:00"
