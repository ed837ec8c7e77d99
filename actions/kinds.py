"""The kinds of questions: how each is put, and what it takes for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import parse_answer
from actions.asking_steps import ask_question
from actions.journeys import Running
from actions.turn import ask_house, language
from bot.care.screening import is_worrying
from bot.journeys.content import Question, text_in
from bot.journeys.progress import change_answer, forget_answer, take_answer


@dataclass(frozen=True)
class Put:
    """A question that is put in this turn, and all that a kind needs to put or take it."""

    dispatcher: CollectingDispatcher
    tracker: Tracker
    running: Running
    question: Question

    @property
    def language(self) -> str:
        """The language of the conversation."""
        return language(self.tracker)

    @property
    def answers(self) -> Mapping[str, str]:
        """The answers so far."""
        return self.running.progress.answers

    def say(self, response: str, **values: Any) -> None:
        """One of the content's responses."""
        self.dispatcher.utter_message(response=response, **values)

    def answered(self, answer: str) -> list[SlotSet]:
        """Keep an answer, say what the content says after it, and go on.

        To an answer that tells of danger the lines are given at once, and a navigator is called.
        """
        if is_worrying({self.question.id: answer}):
            self.say("utter_worrying")
            ask_house(self.dispatcher, "handoff", reason="check_in")
        if self.question.after:
            self.dispatcher.utter_message(text=text_in(self.question.after, self.language))
        running = self.running
        return running.moved(take_answer(running.journey, running.progress, answer))

    def noting(self, **more: str) -> Put:
        """The same question with something more beside the answers."""
        progress = self.running.progress
        known = replace(progress, answers={**progress.answers, **more})
        return replace(self, running=replace(self.running, progress=known))

    def back_to(self, question_id: str) -> list[SlotSet]:
        """To an earlier question, whose answer no longer counts."""
        progress = forget_answer(self.running.progress, question_id)
        return self.running.moved(change_answer(progress, question_id))

    def noted(self, **more: str | None) -> list[SlotSet]:
        """Keep something beside the answers; the question stays open. ``None`` forgets it."""
        kept = {**self.answers, **more}
        answers = {name: value for name, value in kept.items() if value is not None}
        return self.running.moved(replace(self.running.progress, answers=answers))

    def ask_house(self, command: str, /, **fields: Any) -> list[SlotSet]:
        """Ask the house for something; its answer comes back to the same question."""
        ask_house(self.dispatcher, command, **fields)
        return self.running.asked_house()


class Kind:
    """A question of the content that needs nothing but its words and options."""

    #: What the options of this kind of question tell the engine; others belong elsewhere.
    options = frozenset({"answer"})

    async def ask(self, put: Put) -> None:
        """Put the question."""
        ask_question(put.dispatcher, put.tracker, put.question)

    async def take(self, put: Put) -> list[SlotSet] | None:
        """The journey with the answer, or ``None`` when the message is no answer."""
        answer = parse_answer(put.question, put.tracker)
        return None if answer is None else put.answered(answer)

    async def take_told(self, put: Put) -> list[SlotSet]:
        """What the house answered; this kind asks it nothing."""
        return put.running.events()
