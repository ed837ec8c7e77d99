"""How a question of a journey is put: its words, its options, and the way around it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.journeys import Running
from actions.phrases import Phrases, journey_phrases
from actions.turn import language
from bot.journeys.content import YES_NO, Question, text_in
from bot.journeys.progress import SHORT

Buttons = list[dict[str, str]]


def ask_menu(dispatcher: CollectingDispatcher, tracker: Tracker, running: Running) -> None:
    """Which part of the journey."""
    assert running.journey.menu
    spoken = language(tracker)
    say = journey_phrases(spoken)
    parts = [(SHORT, say.option("short"))]
    parts += [(one.id, text_in(one.title, spoken)) for one in running.journey.sections]
    buttons = [option(title, "answer", answer=part) for part, title in parts]
    buttons.append(option(say.option("done"), "pause"))
    dispatcher.utter_message(text=text_in(running.journey.menu, spoken), buttons=buttons)


def ask_question(dispatcher: CollectingDispatcher, tracker: Tracker, question: Question) -> None:
    """One question of the content, with "not now" always beside it."""
    spoken = language(tracker)
    say = journey_phrases(spoken)
    buttons = [*_choices(question, spoken), *way_around(question, say)]
    dispatcher.utter_message(text=text_in(question.ask, spoken), buttons=buttons)


def way_around(question: Question, say: Phrases) -> Buttons:
    """The option that skips the question."""
    return [option(say.option("skip"), "skip")] if question.skip else []


def option(title: str, intent: str, **entities: str) -> dict[str, str]:
    """Something to choose, and what the engine is told."""
    return {"title": title, "payload": f"/{intent}{_written(entities)}"}


def _written(entities: Mapping[str, Any]) -> str:
    return json.dumps(entities) if entities else ""


def _choices(question: Question, spoken: str) -> Buttons:
    if question.kind == "yes_no":
        return [option(text_in(t, spoken), "answer", answer=one) for one, t in YES_NO.items()]
    return [option(text_in(one.title, spoken), "answer", answer=one.id) for one in question.options]
