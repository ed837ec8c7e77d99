"""``validate_journey_form``: the answer to the question of a journey, or a way around it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.journeys import ASIDE, DONE, PAUSED, Running, find_running
from actions.kind_of import kind_of
from actions.kinds import Put
from actions.menu import take_part
from actions.misses import miss, understood
from actions.turn import (
    ASKS_FOR_PERSON,
    DANGER,
    ask_house,
    heard_intent,
    heard_text,
    is_chosen,
    is_question,
    is_sure,
)
from actions.wishes import WISHES
from bot.directory.needs import NEEDS
from bot.journeys.content import Question
from bot.journeys.progress import find_open_question, go_back, skip_question

#: Kinds whose answer is the person's own words, whatever these would mean elsewhere.
OWN_WORDS = {"words", "name", "secret", "code_word"}
#: What is a wish of its own even as the answer to a question that takes any words.
ALWAYS_HEARD = {"exit", "forget_me", "opt_out", "goodbye"}
#: The journey on the way to a person.
TO_A_PERSON = "handoff"
#: Confidence from which an answer to such a question is asked about as danger.
SURELY_DANGER = 0.9
#: Messages that belong to the journey and nothing else. Somebody who is not alone any more
#: takes a break.
BREAKS = {"pause", "not_safe_to_talk"}
WAYS = {"skip", "go_back", *BREAKS}


class ValidateJourneyForm(Action):
    """Hands questions over to the rules, steps aside for other wishes, and takes all else."""

    def name(self) -> str:
        """The name in the domain."""
        return "validate_journey_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[SlotSet]:
        """The journey one step further; no slots at all hand the message to the rules."""
        running = find_running(tracker)
        if tracker.get_slot("requested_slot") is None:
            return []
        if running is None:
            return [SlotSet("journey_step", DONE)]
        question = find_open_question(running.journey, running.progress)
        if question is None:
            return _take_part(dispatcher, tracker, domain, running)
        return await _take(dispatcher, tracker, domain, running, question)


async def _take(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    domain: dict[str, Any],
    running: Running,
    question: Question,
) -> list[SlotSet]:
    kind, intent = kind_of(question), heard_intent(tracker)
    put = Put(dispatcher, tracker, replace(running, waits=False), question)
    if intent == "house_answered":
        return await kind.take_told(put)
    if _is_way(tracker, question):
        return _go(running, intent, question)
    if intent == ASKS_FOR_PERSON and is_sure(tracker):
        if is_chosen(tracker) or not _is_for_the_team(running, question):
            return _to_a_person(running)
    elif _asks_something(tracker, question, domain):
        return []
    if not is_chosen(tracker) or intent in kind.options:
        _hear_danger(dispatcher, tracker, question)
        if (taken := await kind.take(put)) is not None:
            return [*taken, understood()]
    return _take_other(dispatcher, tracker, domain, running)


def _take_part(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any], running: Running
) -> list[SlotSet]:
    """At the menu: a part of the journey, enough of it, or something else."""
    if heard_intent(tracker) in WAYS:
        return running.events(step=DONE)
    if (chosen := take_part(tracker, running)) is not None:
        return [*chosen, understood()]
    return _take_other(dispatcher, tracker, domain, running)


def _take_other(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any], running: Running
) -> list[SlotSet]:
    """Another wish is followed, and the journey waits; what nobody understood is asked again."""
    intent = heard_intent(tracker)
    if intent in ELSEWHERE:
        if is_chosen(tracker) or is_sure(tracker):
            return running.events(step=ASIDE)
    elif is_question(intent, domain):
        return []
    return [*running.events(), miss(dispatcher, tracker)]


def _is_for_the_team(running: Running, question: Question) -> bool:
    """Whether any words are what the team should know: "can someone call me" is one of them."""
    return running.journey.name == TO_A_PERSON and question.kind in OWN_WORDS


def _to_a_person(running: Running) -> list[SlotSet]:
    """Out of any question; on the way to a person already, the question is put again."""
    return running.events(step=None if running.journey.name == TO_A_PERSON else ASIDE)


def _go(running: Running, intent: str, question: Question) -> list[SlotSet]:
    if intent in BREAKS or (intent == "skip" and not question.skip):
        return running.events(step=PAUSED)
    if intent == "go_back":
        return [*running.moved(go_back(running.progress)), understood()]
    return [*running.moved(skip_question(running.journey, running.progress)), understood()]


def _is_way(tracker: Tracker, question: Question) -> bool:
    if heard_intent(tracker) not in WAYS:
        return False
    return is_chosen(tracker) or question.kind not in OWN_WORDS or is_sure(tracker)


def _asks_something(tracker: Tracker, question: Question, domain: dict[str, Any]) -> bool:
    """To a question that takes any words, only a plain question or wish is no answer."""
    intent = heard_intent(tracker)
    if question.kind not in OWN_WORDS or not is_sure(tracker):
        return False
    if intent in ALWAYS_HEARD:
        return True
    asks = "?" in heard_text(tracker) and not intent.startswith(DANGER)
    return asks and is_question(intent, domain)


def _hear_danger(dispatcher: CollectingDispatcher, tracker: Tracker, question: Question) -> None:
    """Danger inside of an answer is asked about gently; the answer is taken all the same.

    A plan speaks of windows, bags and doors, so only what is surely danger is asked about; the
    safety rules have seen the message before.
    """
    intent, surely = heard_intent(tracker), is_sure(tracker, SURELY_DANGER)
    if question.kind in OWN_WORDS and intent.startswith(DANGER) and surely:
        ask_house(dispatcher, "handoff", reason=intent)
        dispatcher.utter_message(response=f"utter_{intent}")


#: Intents that begin something else.
ELSEWHERE = WISHES | {f"need_{need}" for need in NEEDS} | {
    "another_need", "more", "details", "give_place", "do",
}  # fmt: skip
