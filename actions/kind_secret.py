"""A passphrase: goes to the house and is kept nowhere on the way."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet

from actions.journeys import told
from actions.kinds import Kind, Put
from actions.turn import heard_text, is_chosen

#: What a journey does with the passphrase.
_COMMANDS = {"remember": "save_memory", "open_memory": "open_memory"}
#: What the house may answer, beside that it is done, and what is said then.
_NOT_DONE = {
    "too_weak": "utter_phrase_too_weak",
    "nothing": "utter_memory_nothing",
    "too_soon": "utter_memory_too_soon",
}


class SecretKind(Kind):
    """The answer that stays in the journey says only that there was one."""

    async def take(self, put: Put) -> list[SlotSet] | None:
        """Any words may be a passphrase."""
        if is_chosen(put.tracker):
            return None
        command = _COMMANDS[put.running.journey.name]
        return put.ask_house(
            command, passphrase=heard_text(put.tracker), kept=_what_to_keep(put.tracker)
        )

    async def take_told(self, put: Put) -> list[SlotSet]:
        """Done, or another try."""
        answer = told(put.tracker)
        if said := _NOT_DONE.get(answer.get("result", "")):
            put.say(said)
            return put.running.events()
        return [*_opened(put, answer.get("kept") or {}), *put.answered("done")]


def _what_to_keep(tracker: Any) -> dict[str, Any]:
    """Needs, place and plans, as the conversation has them."""
    return {name: tracker.get_slot(name) for name in ("need", "place", "left")}


def _opened(put: Put, kept: dict[str, Any]) -> list[SlotSet]:
    """What was kept comes back; what was said since then in this conversation stands."""
    left = {**(kept.get("left") or {}), **(put.tracker.get_slot("left") or {})}
    back = {"need": kept.get("need"), "place": kept.get("place")}
    known = [SlotSet(name, value) for name, value in back.items() if value]
    return [SlotSet("left", left or None), *known]
