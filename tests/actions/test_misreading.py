"""The house is told of what was not understood only where nothing of a person's own is asked."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.ending_check_in import end_helped
from actions.misses import miss
from bot.journeys.progress import Progress

RANKING = (("ask_cost", 0.25), ("need_food", 0.2), ("thanks", 0.1), ("danger_captive", 0.05))


def commands(dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
    """What the house was asked for."""
    told = (message.get("custom") or {} for message in dispatcher.messages)
    return [one["command"] for one in told if "command" in one]


def told(
    intent: str = "nlu_fallback", *, form: str | None = None, asked: str | None = None,
    text: str = "can i bring my dog", ranking: tuple[tuple[str, float], ...] = RANKING,
) -> list[dict[str, Any]]:  # fmt: skip
    """What the house hears when a message with this reading is missed."""
    dispatcher = CollectingDispatcher()
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.2},
        "intent_ranking": [{"name": name, "confidence": share} for name, share in ranking],
    }
    slots, loop = {"requested_slot": asked}, {"name": form} if form else {}
    miss(dispatcher, Tracker("", slots, message, [], False, None, loop, ""))
    return commands(dispatcher)


@pytest.mark.parametrize("intent", ["nlu_fallback", "either", "out_of_scope"])
@pytest.mark.parametrize(("form", "asked"), [(None, None), ("help_form", "need")])
def test_the_likeliest_meaning_is_told_and_no_word(
    intent: str, form: str | None, asked: str | None
) -> None:
    assert told(intent, form=form, asked=asked) == [
        {"name": "misread", "fields": {"likely": "ask_cost"}}
    ]


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("help_form", "place"),
        ("journey_form", "journey_step"),
        ("welcome_form", "safe"),
        ("welcome_form", "go_on"),
        ("welcome_form", "remember"),
    ],
)
def test_at_any_other_question_nothing_is_told(form: str, asked: str) -> None:
    assert told(form=form, asked=asked) == []


def test_what_was_understood_chosen_or_may_be_danger_is_not_told() -> None:
    assert told("affirm") == []
    assert told(text="/ask_cost") == []
    assert told(ranking=RANKING[::-1]) == []
    assert told(ranking=(*RANKING[:2], RANKING[3])) == []
    assert told(ranking=())[0]["fields"] == {"likely": None}


@pytest.mark.parametrize(
    ("answers", "granted"),
    [({"learn": "yes"}, [True]), ({"learn": "no"}, [False]), ({}, []), ({"agree": "no"}, [])],
)
def test_only_an_answer_gives_or_takes_back_the_consent(
    answers: dict[str, str], granted: list[bool]
) -> None:
    dispatcher = CollectingDispatcher()
    tracker = Tracker("", {}, {}, [], False, None, {}, "")
    end_helped(dispatcher, tracker, Progress("helped", answers=answers))
    asked = [one["fields"] for one in commands(dispatcher) if one["name"] == "consent"]
    assert [one["granted"] for one in asked if one["kind"] == "learn"] == granted
