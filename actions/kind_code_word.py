"""A code word: the one word that opens the number again."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from actions.house import house
from actions.kinds import Kind, Put
from actions.turn import heard_text, is_chosen
from bot.care.covers import parse_code_word


class CodeWordKind(Kind):
    """Words that already mean something here or to carriers cannot be chosen."""

    async def take(self, put: Put) -> list[SlotSet] | None:
        """The word, or why it cannot be used."""
        if is_chosen(put.tracker):
            return None
        word = parse_code_word(heard_text(put.tracker), house().site.exit_words)
        if word is None:
            put.say("utter_code_word_unusable")
            return put.running.events()
        return put.answered(word)
