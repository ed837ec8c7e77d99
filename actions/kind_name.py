"""What a provider is told: a first name or a code, and nothing else."""

from __future__ import annotations

import hashlib

from rasa_sdk.events import SlotSet

from actions.asking_steps import option
from actions.journeys import told
from actions.kinds import Kind, Put
from actions.phrases import journey_phrases
from actions.turn import heard_entity, heard_text, is_chosen
from actions.when import local_when
from bot.journeys.content import text_in

LONGEST_NAME = 30
_CODE = "code"


class NameKind(Kind):
    """Giving a name or choosing the code is the consent to pass it on to this one provider."""

    async def ask(self, put: Put) -> None:
        """The question, with a code that tells nothing."""
        say = journey_phrases(put.language)
        buttons = [
            option(say.option("code", code=_code(put)), "answer", answer=_CODE),
            option(say.option("do_not_book"), "skip"),
        ]
        put.dispatcher.utter_message(
            text=text_in(put.question.ask, put.language).format(service=put.answers["place_name"]),
            buttons=buttons,
        )

    async def take(self, put: Put) -> list[SlotSet] | None:
        """Book under the name or the code."""
        if is_chosen(put.tracker):
            if heard_entity(put.tracker, "answer") != _CODE:
                return None
            name = _code(put)
        else:
            name = " ".join(heard_text(put.tracker).split())[:LONGEST_NAME]
        return put.ask_house("book", booking=put.answers["slot"], name=name)

    async def take_told(self, put: Put) -> list[SlotSet]:
        """Booked, or gone meanwhile."""
        answer = told(put.tracker)
        if answer.get("result") != "booked":
            put.say("utter_slot_taken")
            return put.back_to("slot")
        when = local_when(str(answer["starts_at"]), put.language)
        return put.noting(when=when).answered(str(answer["name"]))


def _code(put: Put) -> str:
    """Four digits that follow from the booking alone, so that asking again shows the same."""
    digest = hashlib.sha256(put.answers["slot"].encode()).digest()
    return f"W{int.from_bytes(digest[:4], 'big') % 9000 + 1000}"
