"""The names of what the bot says, found again in what people read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from bot.flows.conversation import find_language
from bot.journeys.content import load_journeys
from bot.written import load_written

#: A sentence's texts by language and channel; the channel is empty for all that have no other.
Texts = dict[tuple[str, str], str]

#: How the names of fixed sentences begin; they have one text for all channels.
FIXED = "utter_care_"
#: The channel whose variant is meant where nobody says which.
PLAIN = "sms"
_OPTIONS = r"(\n\d+ [^\n]+)*"
#: Replies that the directory or the house fills rather than a response; the narrow ones first.
SHAPES = {
    "service": r"\d\. .+ (Call|Llama al|Text|Textea al) .+",
    "website": r"(Website|Pagina|Página): .+",
    "note": r"(This is all they would see|Esto es todo lo que verian):\nA\. .+",
    "data": r"(Your address|Tu direccion) .+",
    "consents": r".+: (yes since|si desde) .+",
    "accesses": r"\d+ \w+: .+ (saw|vio) .+",
    "visits": r".+ \d+ .+ (am|pm), .+",
    "step": r"\d .+: .+",
    "plan part": r"[^:]+: .+",
    "details": r".+\. .+",
}


class Naming:
    """The sentences of the content under ``root``: responses, and what journeys ask and say.

    Raises ``BadJourney``, or what is wrong with a file of responses.
    """

    def __init__(self, root: Path) -> None:
        self._data = root / "data"
        self._patterns: dict[tuple[str, str, str], re.Pattern[str]] = {}

    def matches(self, reply: str, name: str, language: str, channel: str = PLAIN) -> bool:
        """Whether ``reply`` is the sentence ``name``, options or not."""
        return self._pattern(name, language, channel).fullmatch(_bare(reply)) is not None

    def name_of(self, reply: str, language: str, channel: str = PLAIN) -> str:
        """The sentence that ``reply`` is, or the reply itself."""
        found = (one for one in self._texts if self.matches(reply, one, language, channel))
        return next(found, reply)

    def name_all(
        self, heard: Sequence[str], wanted: Sequence[str], language: str, channel: str = PLAIN
    ) -> list[str]:
        """The names of all replies to one message. Some replies have several names, as they can be
        filled in: the one that is ``wanted`` in that place counts.
        """
        return [
            wanted[place]
            if place < len(wanted) and self._knows(reply, wanted[place], language, channel)
            else self._name(reply, language, channel)
            for place, reply in enumerate(heard)
        ]

    def _knows(self, reply: str, name: str, language: str, channel: str) -> bool:
        known = name in SHAPES or name in self._texts
        return reply == name or (known and self.matches(reply, name, language, channel))

    def _name(self, reply: str, language: str, channel: str) -> str:
        if (name := self.name_of(reply, language, channel)) != reply:
            return name
        shapes = (one for one in SHAPES if self.matches(reply, one, language))
        return next(chain(self._find_fixed(reply), shapes), reply)

    def _find_fixed(self, reply: str) -> Iterator[str]:
        """Fixed sentences are said in each language to somebody of whom none is known."""
        for name, texts in self._texts.items():
            if name.startswith(FIXED) and any(self.matches(reply, name, one) for one, _ in texts):
                yield name

    def _pattern(self, name: str, language: str, channel: str) -> re.Pattern[str]:
        key = (name, language, channel)
        if key not in self._patterns:
            self._patterns[key] = re.compile(self._find_pattern(*key), re.DOTALL)
        return self._patterns[key]

    def _find_pattern(self, name: str, language: str, channel: str) -> str:
        if name in SHAPES:
            return SHAPES[name]
        texts = self._texts[name]
        said = _pattern_of(texts.get((language, channel)) or texts[language, ""])
        if name.startswith(FIXED):  # or in several languages, in the site's order
            one = "|".join(map(_pattern_of, texts.values()))
            said += f"|({one})( ({one}))+"
        return f"({said}){_OPTIONS}"

    @cached_property
    def _texts(self) -> Mapping[str, Texts]:
        return {**dict(_find_responses(self._data)), **dict(_find_journeys(self._data))}


def _find_responses(data: Path) -> Iterator[tuple[str, Texts]]:
    for file in sorted((data / "responses").glob("*.yml")):
        for name, variants in load_written(file)["responses"].items():
            yield name, {_key(one): str(one["text"]) for one in variants}


def _key(variant: Mapping[str, Any]) -> tuple[str, str]:
    return find_language(variant), str(variant.get("channel") or "")


def _find_journeys(data: Path) -> Iterator[tuple[str, Texts]]:
    """Named ``journey.start``, ``journey.menu``, ``journey.question``, ``journey.question.after``;
    and ``resumed``, which is said of any journey.
    """
    for name, journey in load_journeys(data / "journeys").items():
        for part, texts in (("start", journey.start), ("menu", journey.menu)):
            if texts:
                yield f"{name}.{part}", _everywhere(texts)
        for question in journey.questions:
            yield f"{name}.{question.id}", _everywhere(question.ask)
            if question.after:
                yield f"{name}.{question.id}.after", _everywhere(question.after)
    phrases = load_written(data / "phrases" / "journeys.yml")
    yield "resumed", {(language, ""): said["resumed"] for language, said in phrases.items()}


def _pattern_of(text: str) -> str:
    parts = re.split(r"\{\w+\}", _bare(text))
    return ".*".join(re.escape(part.strip()) for part in parts)


def _everywhere(texts: Mapping[str, str]) -> Texts:
    return {(language, ""): text for language, text in texts.items()}


def _bare(text: str) -> str:
    """Without accents, which a text may leave out, and with single spaces."""
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r" +", " ", bare).strip()
