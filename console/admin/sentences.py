"""The sentences that the names in a test stand for. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.flows.changes import Change
from bot.flows.gate.sending import fill
from bot.flows.naming import SHAPES
from bot.journeys.content import Journey, text_in
from bot.wire.turns import Option, Reply
from console.library import Written

#: For a name whose words come out of the directory, or out of the talk.
FILLED = "(filled in by the house)"


class Sentences:
    """Words by name, as the content has them, with the ``changes`` of a release on top."""

    def __init__(
        self, written: Written, facts: Mapping[str, str], changes: Sequence[Change] = ()
    ) -> None:
        self._written, self._facts = written, facts
        self._changed = {
            change.place.words: change.after for change in changes if change.place.kind == "saying"
        }
        self._questions = {
            ".".join(change.place.words): change.after
            for change in changes
            if change.place.kind == "question"
        }

    def find(self, name: str, language: str, channel: str) -> str:
        """The sentence; empty where there is none, as for words that have no name."""
        if name in SHAPES:
            return FILLED
        text = self._find_saying(name, language, channel) or self._find_asked(name, language)
        return "\n".join(fill(line, self._facts) for line in text.splitlines())

    def _find_saying(self, name: str, language: str, channel: str) -> str:
        variants = {
            (one.language, one.channel or ""): one.reply
            for topic in self._written.topics.values()
            for one in topic.sayings
            if one.name == name
        }
        for key in ((language, channel), (language, "")):
            if after := self._changed.get((name, *key)):
                return _read(after).numbered()
            if key in variants:
                return variants[key].numbered()
        return ""

    def _find_asked(self, name: str, language: str) -> str:
        changed = self._questions.get(name.removesuffix(".after"))
        if changed:
            texts = changed.get("after" if name.endswith(".after") else "ask")
            return text_in(texts, language) if texts else ""
        journey, _, part = name.partition(".")
        found = self._written.journeys.get(journey)
        return _find_part(found, part, language) if found else ""


def _find_part(journey: Journey, part: str, language: str) -> str:
    question = journey.question(part.removesuffix(".after"))
    if question is None:
        texts = {"start": journey.start, "menu": journey.menu}.get(part)
    else:
        texts = question.after if part.endswith(".after") else question.ask
    return text_in(texts, language) if texts else ""


def _read(after: Mapping[str, object]) -> Reply:
    """A change's value has no payloads that anybody reads."""
    options = after.get("options")
    titles = [str(one["title"]) for one in options] if isinstance(options, list) else []
    return Reply(str(after["text"]), tuple(Option(title, "") for title in titles))
