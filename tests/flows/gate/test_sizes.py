"""How long a text is as it is sent, and how hard to read."""

from __future__ import annotations

from dataclasses import replace

import pytest
import textstat

from bot.flows.gate import RULES, Content
from bot.flows.gate.grading import find_grade
from tests.flows.gate.writing import SITE, ask, journey, say, show, write

FULL = "a" * 306
HARD = "Institutional eligibility determination requires appropriate documentation."
WHEN = "Tue 1 Dec 3 pm"


@pytest.mark.parametrize(
    ("content", "blocked"),
    [
        (write(say(FULL)), False),
        (write(say(FULL + "a")), True),
        (write(say(FULL[:-1] + "í", "es")), False),
        (write(say(FULL[:-1] + "😀")), True),
        (write(say(FULL[:-6], options={"Yes!": "/y"})), True),
        (write(say(FULL[:-7], options={"Yes!": "/y"})), False),
        (write(say(FULL[: -len(WHEN)] + "{when}")), False),
        (write(say(FULL[: 1 - len(WHEN)] + "{when}")), True),
        (write(say(FULL * 2, channel="web")), False),
    ],
)
def test_a_text_message_takes_two_segments_at_most(content: Content, blocked: bool) -> None:
    assert bool(list(RULES["too_long"](content))) is blocked


def test_facts_and_what_the_house_adds_count() -> None:
    site = replace(SITE, facts={"people_hours": "b" * 20})
    assert list(RULES["too_long"](replace(write(say(FULL[:-19] + "{people_hours}")), site=site)))
    question = replace(ask("bag"), ask={"en": FULL[: -len("\n1 Yes\n2 No\n3 Not now")]})
    around = {"journeys": {"en": {"options.skip": "Not now"}}}
    assert not list(RULES["too_long"](write(journeys=[journey(question)], phrases=around)))
    around = {"journeys": {"en": {"options.skip": "Not now!"}}}
    found = RULES["too_long"](write(journeys=[journey(question)], phrases=around))
    assert show(found) == ["journeys/sleep bag.ask en"]


@pytest.mark.parametrize(
    ("text", "language", "blocked"),
    [
        ("I can help you. We go slow.", "en", False),
        (HARD, "en", True),
        ("Text HUMAN or call {dv_line}. Or write to {contact}.", "en", False),
        ("Te puedo ayudar. Vamos despacio.", "es", False),
        ("Determinaremos elegibilidad administrativa institucional", "es", True),
        (HARD, "fr", False),
        ("Institutional eligibility?", "en", False),
    ],
)
def test_six_years_of_school_are_enough(text: str, language: str, blocked: bool) -> None:
    assert bool(list(RULES["hard_to_read"](write(say(text, language))))) is blocked
    start = write(journeys=[journey(ask("bag"), start={language: text})])
    assert bool(list(RULES["hard_to_read"](start))) is blocked


def test_only_the_validated_words_are_left_out() -> None:
    known = {"en": (HARD,)}
    assert not list(RULES["hard_to_read"](write(say(f"One more. {HARD}"), validated=known)))
    assert list(RULES["hard_to_read"](write(say(f"{HARD} {HARD[:-1]}!"), validated=known)))


@pytest.mark.parametrize(
    "text",
    [
        "OK. Thank you. A trained person may look at the program and explain different steps.",
        "Some programs require people to apply before they arrive. OK? Fine.",
        "A navigator reviews applications on weekdays, in order, and answers questions.",
        "You can ask, call, write; wait, or go: that is yours to pick, today, or later on.",
    ],
)
def test_no_english_text_passes_that_another_measure_stops(text: str) -> None:
    grade = find_grade(text, "en")
    assert grade is not None
    assert grade >= textstat.automated_readability_index(text)
