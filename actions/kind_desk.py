"""How a person of the team should be reached: now, by a message, or not here."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.events import SlotSet

from actions.asking_steps import Buttons, option, way_around
from actions.desk import find_desk, say_opening, say_wait
from actions.kinds import Kind, Put
from actions.own_words import find_own_words
from actions.phrases import journey_phrases
from actions.turn import heard_entity, heard_text, is_chosen
from bot.journeys.content import text_in
from bot.wire.choices import find_named

NOW, MESSAGE, LINES, KEEP, WITHDRAW = "now", "message", "lines", "keep", "withdraw"


class DeskKind(Kind):
    """An honest offer: what is possible at this moment, and how long it may take."""

    async def ask(self, put: Put) -> None:
        """What is possible now."""
        desk = find_desk(put.tracker)
        spoken = put.language
        if desk.get("closed"):
            put.say("utter_care_line_closed")
        elif desk.get("already"):
            put.say("utter_desk_already", wait=say_wait(desk, spoken))
        elif desk.get("open"):
            put.say("utter_desk_open", wait=say_wait(desk, spoken))
        else:
            put.say("utter_desk_closed", opens=say_opening(desk, spoken))
        text = text_in(put.question.ask, spoken)
        put.dispatcher.utter_message(text=text, buttons=_buttons(put))

    async def take(self, put: Put) -> list[SlotSet] | None:
        """One of what was offered, by its number or in words."""
        offered = _offered(put)
        if is_chosen(put.tracker):
            chosen = heard_entity(put.tracker, "answer")
        else:
            titles = {name: (title,) for name, title in offered.items()}
            chosen = find_named(heard_text(put.tracker), titles)
        if chosen not in offered:
            return None
        return _asked_once(put).answered(chosen)


def _asked_once(put: Put) -> Put:
    """Whoever has told already why they are here is not asked again."""
    if not find_own_words(put.tracker):
        return put
    progress = put.running.progress
    skipped = replace(progress, skipped=(*progress.skipped, "words"))
    return replace(put, running=replace(put.running, progress=skipped))


def _offered(put: Put) -> dict[str, str]:
    """The titles of the content by what they mean, those that are possible now."""
    desk = find_desk(put.tracker)
    possible = {MESSAGE, LINES} | ({NOW} if desk.get("open") else set())
    if desk.get("closed"):
        possible = {LINES}
    elif desk.get("already"):
        possible = {KEEP, MESSAGE, LINES, WITHDRAW}
    options = (one for one in put.question.options if one.id in possible)
    return {one.id: text_in(one.title, put.language) for one in options}


def _buttons(put: Put) -> Buttons:
    chosen = [option(title, "answer", answer=name) for name, title in _offered(put).items()]
    return [*chosen, *way_around(put.question, journey_phrases(put.language))]
