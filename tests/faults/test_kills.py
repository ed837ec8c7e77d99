"""Parts are killed at random moments while messages come in: nothing is lost or said twice.

The short form runs with every change; ``WAYMARK_FAULTS=long`` makes it ten times as long.
"""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.content import matches, name_of
from tests.house import RunningHouse, wait_for
from tests.phone import Phone, message_form, post_signed, wait_until_quiet

LONG = os.environ.get("WAYMARK_FAULTS") == "long"
PEOPLE = 400 if LONG else 40
KILLS = 60 if LONG else 8
#: A fixed seed decides whom and when; what the machine does in between differs anyway.
SEED = 20261124
#: Seconds between two kills, and until what was killed comes back.
PAUSE, DOWN = (1.0, 5.0), (0.0, 2.0)
#: Seconds that a person thinks between two messages, at most.
THINKS = 12.0
TWICE = 0.2

SAID = ("hi", "yes", "yes", "no", "food", "97999")
HEARD = (
    "utter_ask_safe",
    "utter_ask_go_on",
    "utter_ask_remember",
    "utter_not_kept",
    "utter_ask_need",
    "utter_ask_place",
    "service",
    "service",
    "service",
    "utter_after_services",
)
KILLED = ("gateway", "worker", "engine", "actions")


@pytest.mark.stack
@pytest.mark.timeout(1800 if LONG else 600)
def test_every_message_is_answered_once_and_in_order(own_house: RunningHouse) -> None:
    phones = [Phone(own_house.settings) for _ in range(PEOPLE)]
    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        killing = pool.submit(_kill_at_random, own_house)
        talking = [pool.submit(_talk, own_house, phone) for phone in phones]
        for talk in talking:
            talk.result()
        kills = killing.result()
    own_house.wait_until_healthy()
    wait_until_quiet(own_house.settings, seconds=240)
    assert kills >= KILLS
    for phone in phones:
        assert _names(phone.replies()) == list(HEARD)


@pytest.mark.stack
def test_without_the_engine_danger_is_answered_and_the_rest_waits(own_house: RunningHouse) -> None:
    phone = Phone(own_house.settings)
    phone.text("hi")
    phone.new_replies()
    own_house.kill("engine")
    for said in ("yes", "yes", "he will kill me"):
        phone.send(said)
    _wait_for_replies(phone, 2)
    own_house.start("engine")
    own_house.wait_until_healthy()
    wait_until_quiet(own_house.settings)
    assert [name_of(reply, "en") for reply in phone.replies()] == [
        "utter_ask_safe",
        "utter_care_holding",
        "utter_care_danger",
        "utter_ask_go_on",
        "utter_ask_remember",
    ]


def _talk(house: RunningHouse, phone: Phone) -> None:
    """One person's messages, each brought until it is taken, some of them twice."""
    chance = random.Random(phone.number)
    for said in SAID:
        time.sleep(chance.uniform(0, THINKS))
        form = message_form(phone.number, said)
        for _ in range(2 if chance.random() < TWICE else 1):
            _bring(house, form)


def _bring(house: RunningHouse, form: dict[str, str]) -> None:
    """As a vendor brings a message: again and again until somebody takes it."""
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline:
        try:
            if post_signed(house.settings, "/twilio/inbound", form).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("nobody took the message")


def _kill_at_random(house: RunningHouse) -> int:
    """Kill one part after another, each back for a moment before the next."""
    chance, kills = random.Random(SEED), 0
    while kills < KILLS:
        name = KILLED[kills % len(KILLED)] if kills < len(KILLED) else chance.choice(KILLED)
        time.sleep(chance.uniform(*PAUSE))
        house.kill(name)
        kills += 1
        time.sleep(chance.uniform(*DOWN))
        house.start(name)
    return kills


def _names(replies: list[str]) -> list[str]:
    """The replies by name, without the line that says an answer takes longer."""
    wanted = dict.fromkeys([*HEARD, "utter_care_holding"])
    named = [next((n for n in wanted if matches(r, n, "en")), r) for r in replies]
    return [name for name in named if name != "utter_care_holding"]


def _wait_for_replies(phone: Phone, count: int) -> None:
    wait_for(lambda: len(phone.replies()) > count, f"{count} replies")
