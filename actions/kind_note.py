"""The note for the navigator: the person sees it first, and strikes or changes its lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rasa_sdk.events import SlotSet

from actions.asking_steps import Buttons, option
from actions.kind_desk import MESSAGE
from actions.kinds import Kind, Put
from actions.own_words import find_own_words
from actions.phrases import desk_phrases, journey_phrases
from actions.turn import heard_entity, heard_text, is_chosen
from bot.care.handoff_note import MOST_LINES, next_lines, parse_edit, render_line, render_note
from bot.journeys.content import text_in
from bot.wire.choices import find_named

SEND, WITHOUT = "send", "without"
#: The lines as they stand, among the answers of the journey.
LINES = "lines"


class NoteKind(Kind):
    """Passing the note on is the consent to share it; going without costs nothing."""

    async def ask(self, put: Put) -> None:
        """The whole note, and what can be done with it."""
        lines = find_lines(put)
        if not lines:
            put.dispatcher.utter_message(response="utter_note_empty", buttons=_buttons(put, lines))
            return
        shown = "\n".join([text_in(put.question.ask, put.language), *render_note(lines)])
        put.dispatcher.utter_message(text=shown)
        put.dispatcher.utter_message(response="utter_note_how", buttons=_buttons(put, lines))

    async def take(self, put: Put) -> list[SlotSet] | None:
        """On its way, left out, or one line less."""
        lines = find_lines(put)
        chosen = _chosen(put, lines)
        if chosen:
            return put.noting(lines=json.dumps(lines)).answered(chosen)
        edit = None if is_chosen(put.tracker) else parse_edit(heard_text(put.tracker), lines)
        return put.noted(lines=json.dumps(next_lines(lines, edit))) if edit else None


def find_lines(put: Put) -> list[str]:
    """The lines as the person left them, or as they follow from what was said."""
    if kept := put.answers.get(LINES):
        lines: list[str] = json.loads(kept)
        return lines
    return list(_compose(put))[:MOST_LINES]


def _compose(put: Put) -> Iterator[str]:
    """The person's own words first, then what they look for and where."""
    say, names = desk_phrases(put.language), journey_phrases(put.language)
    told = [one["words"] for one in find_own_words(put.tracker)]
    for words in [*told, put.answers.get("words"), put.answers.get("message")]:
        if words:
            yield say.say("own", words=render_line(words))
    if need := put.tracker.get_slot("need"):
        yield say.say("need", need=names.named("needs", need))
    if place := (put.tracker.get_slot("place") or {}).get("name"):
        yield say.say("place", place=place)


def _chosen(put: Put, lines: list[str]) -> str | None:
    offered = _offered(put, lines)
    if is_chosen(put.tracker):
        chosen = heard_entity(put.tracker, "answer")
    else:
        say = desk_phrases(put.language)
        titles = {name: (say.option(title),) for name, title in offered.items()}
        chosen = find_named(heard_text(put.tracker), titles)
    return chosen if chosen in offered else None


def _offered(put: Put, lines: list[str]) -> dict[str, str]:
    """The answers by the phrase of their option. A message with no lines is no message."""
    without = "no_message" if put.answers.get("how") == MESSAGE else "without"
    return {**({SEND: "send"} if lines else {}), WITHOUT: without}


def _buttons(put: Put, lines: list[str]) -> Buttons:
    say = desk_phrases(put.language)
    offered = _offered(put, lines).items()
    return [option(say.option(title), "answer", answer=name) for name, title in offered]
