"""Any sequence of answers, skips, digressions and exits is answered, every message of it."""

from __future__ import annotations

import random

import pytest

from tests.content import name_of
from tests.house import RunningHouse
from tests.phone import Phone
from tests.records import Records

pytestmark = pytest.mark.stack

#: Fewer than a number may send in a minute.
LENGTH = 15
SEEDS = range(10)
#: Journeys and ways around them, answers and what answers nothing.
SAID = [
    "plan", "book", "visits", "check in", "cover", "steps", "remember me", "my phrase", "my data",
    "agreed", "seen", "dont text me at night", "remind me", "i need food", "97999", "menu", "more",
    "details 1", "1", "1", "1", "2", "3", "4", "9", "yes", "no", "not now", "back", "pause",
    "resume", "exit", "who can see this?", "the porch by the garden", "tomorrow at 3", "ana",
    "seven green boats at dawn", "tangerine", "in person with a woman", "on tuesday", "🙂", "?",
    " ", "lo que sea", "i want to change my answer", "take back", "my friend needs help", "asdf",
]  # fmt: skip
#: What is said when a message could not be taken at all.
FAILED = "utter_care_unreadable"


@pytest.mark.parametrize("seed", SEEDS)
def test_every_message_is_answered(seed: int, stack: RunningHouse, phone: Phone) -> None:
    chance = random.Random(seed)
    talk = ["hi", "yes", "ok", "no", *chance.choices(SAID, k=LENGTH)]
    for said in talk:
        heard = phone.text(said)
        assert heard, talk
        assert FAILED not in {name_of(one, "en") for one in heard}, talk
        assert FAILED not in {name_of(one, "es") for one in heard}, talk
    left = Records(stack.settings).query("SELECT count(*) AS n FROM inbox WHERE state <> 'done'")
    assert left[0]["n"] == 0
