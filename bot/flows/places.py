"""What can be changed without code, and where it stands in the files.

A place is named by its kind and up to three words, as in ``saying/utter_goodbye/es`` or
``question/safety_plan/now_signs``. Each kind knows how to find its value in an
:class:`~bot.flows.edition.Edition`, and how to put another one there; the kinds of the site's
settings are in ``settings.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from bot.flows import settings
from bot.flows.anchors import Path as Steps
from bot.flows.conversation import find_language
from bot.flows.edition import Edition
from bot.flows.sheet import NoSuchPlace, Sheet


@dataclass(frozen=True)
class Place:
    """One place. ``words`` are names of the content, and of teams."""

    kind: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return "/".join((self.kind, *map(_quote, self.words)))

    @classmethod
    def parse(cls, name: str) -> Place:
        """The place of this name. Raises :class:`NoSuchPlace` for a kind that there is not."""
        kind, *words = name.split("/")
        if kind not in KINDS or len(words) != KINDS[kind].words:
            raise NoSuchPlace(name)
        return cls(kind, tuple(map(_unquote, words)))


def _quote(word: str) -> str:
    """A word as it stands in a name: without a slash, and as it is where it has none."""
    return re.sub("/|%(?=2F|25)", lambda one: quote(one[0], safe=""), word)


def _unquote(word: str) -> str:
    return re.sub("%2F|%25", lambda one: unquote(one[0]), word)


@dataclass(frozen=True)
class Kind:
    """``words`` a place of this kind has; how its value is read, and written."""

    words: int
    read: Callable[..., Any]
    write: Callable[..., None]


def read_value(edition: Edition, place: Place) -> Any:
    """What stands there, as plain values; ``None`` where there is nothing."""
    return KINDS[place.kind].read(edition, *place.words)


def write_value(edition: Edition, place: Place, value: Any) -> None:
    """Put ``value`` there; ``None`` takes it away. Raises :class:`NoSuchPlace`."""
    if read_value(edition, place) != value:
        KINDS[place.kind].write(edition, value, *place.words)


def _read_saying(edition: Edition, name: str, language: str, channel: str) -> Any:
    found = _find_saying(edition, name, language, channel)
    if found is None:
        return None
    variant = edition.open(found[0]).read(found[1])
    options = [{"title": b["title"], "payload": b["payload"]} for b in variant.get("buttons", ())]
    return {"text": " ".join(str(variant["text"]).split()), "options": options}


def _write_saying(edition: Edition, value: Any, name: str, language: str, channel: str) -> None:
    found = _find_saying(edition, name, language, channel)
    if found is None or value is None:
        raise NoSuchPlace(name)
    file, path = found
    before = _read_saying(edition, name, language, channel)
    sheet = edition.open(file)
    if before["text"] != value["text"]:
        sheet = sheet.set((*path, "text"), value["text"])
    if before["options"] != value["options"]:
        there = [option["payload"] for option in before["options"]]
        sheet = sheet.arrange(
            (*path, "buttons"),
            [
                there.index(option["payload"]) if option["payload"] in there else option
                for option in value["options"]
            ],
        )
        for position, option in enumerate(value["options"]):
            sheet = sheet.set((*path, "buttons", position, "title"), option["title"])
    edition.put(file, sheet)


def _find_saying(
    edition: Edition, name: str, language: str, channel: str
) -> tuple[str, Steps] | None:
    for file in edition.find("responses/*.yml"):
        variants = edition.open(file).read(("responses",)).get(name, ())
        for position, one in enumerate(variants):
            if (find_language(one), one.get("channel") or "") == (language, channel):
                return file, ("responses", name, position)
    return None


def _read_examples(edition: Edition, intent: str, language: str) -> Any:
    found = _find_examples(edition, intent, language)
    if found is None:
        return None
    lines = edition.open(found[0]).read(found[1]).splitlines()
    return [line.removeprefix("- ") for line in lines]


def _write_examples(edition: Edition, value: Any, intent: str, language: str) -> None:
    found = _find_examples(edition, intent, language)
    if found is None or not value:
        raise NoSuchPlace(intent)
    file, path = found
    lines = "".join(f"- {line}\n" for line in value)
    edition.put(file, edition.open(file).set(path, lines))


def _find_examples(edition: Edition, intent: str, language: str) -> tuple[str, Steps] | None:
    for file in edition.find(f"nlu/{language}/*.yml"):
        for position, one in enumerate(edition.open(file).read(("nlu",))):
            if one.get("intent") == intent:
                return file, ("nlu", position, "examples")
    return None


def _read_question(edition: Edition, journey: str, question: str) -> Any:
    found = _find_question(edition, journey, question)
    if found is None:
        return None
    file, section, path = found
    return {"section": section, **edition.open(file).read(path)}


def _write_question(edition: Edition, value: Any, journey: str, question: str) -> None:
    """A new question comes last in its section."""
    file = _find_journey(edition, journey)
    found = _find_question(edition, journey, question)
    if found is None:
        _add_question(edition, file, value)
        return
    _, section, path = found
    sheet = edition.open(file)
    if value is None:
        before = len(sheet.read(path[:-1]))
        keep = [position for position in range(before) if position != path[-1]]
        edition.put(file, sheet.arrange(path[:-1], keep))
        return
    wanted = {key: one for key, one in value.items() if key != "section"}
    now = sheet.read(path)
    if value["section"] != section:
        raise NoSuchPlace(question)
    if wanted.keys() == now.keys():
        for key, one in wanted.items():
            sheet = _set_parts(sheet, (*path, key), now[key], one)
    else:
        sheet = sheet.set(path, wanted)
    edition.put(file, sheet)


def _set_parts(sheet: Sheet, path: Steps, now: Any, wanted: Any) -> Sheet:
    """The smallest change: inside of a value that keeps its keys, only what differs."""
    if now == wanted:
        return sheet
    if isinstance(now, Mapping) and isinstance(wanted, Mapping) and now.keys() == wanted.keys():
        for key, one in wanted.items():
            sheet = _set_parts(sheet, (*path, key), now[key], one)
        return sheet
    return sheet.set(path, wanted)


def _add_question(edition: Edition, file: str, value: Any) -> None:
    if value is None:
        return
    sheet = edition.open(file)
    for position, section in enumerate(sheet.read(("sections",))):
        if section["id"] == value["section"]:
            there = range(len(section["questions"]))
            one = {key: part for key, part in value.items() if key != "section"}
            edition.put(file, sheet.arrange(("sections", position, "questions"), [*there, one]))
            return
    raise NoSuchPlace(value["section"])


def _find_question(edition: Edition, journey: str, question: str) -> tuple[str, str, Steps] | None:
    file = _find_journey(edition, journey)
    for place, section in enumerate(edition.open(file).read(("sections",))):
        for position, one in enumerate(section["questions"]):
            if one["id"] == question:
                path = ("sections", place, "questions", position)
                return file, section["id"], path
    return None


def _read_order(edition: Edition, journey: str, section: str) -> Any:
    found = _find_section(edition, journey, section)
    return None if found is None else [one["id"] for one in found[1]["questions"]]


def _write_order(edition: Edition, value: Any, journey: str, section: str) -> None:
    """Questions that the order does not name, because somebody added them since, come last."""
    found = _find_section(edition, journey, section)
    if found is None or value is None:
        raise NoSuchPlace(section)
    there = [one["id"] for one in found[1]["questions"]]
    named = [there.index(name) for name in value if name in there]
    order = [*named, *(position for position in range(len(there)) if position not in named)]
    file = _find_journey(edition, journey)
    path = ("sections", found[0], "questions")
    edition.put(file, edition.open(file).arrange(path, order))


def _find_section(
    edition: Edition, journey: str, section: str
) -> tuple[int, Mapping[str, Any]] | None:
    sections = edition.open(_find_journey(edition, journey)).read(("sections",))
    for position, one in enumerate(sections):
        if one["id"] == section:
            return position, one
    return None


def _find_journey(edition: Edition, journey: str) -> str:
    """The file of a journey. Raises :class:`NoSuchPlace` for a name that none has."""
    file = f"data/journeys/{journey}.yml"
    if file not in edition.find("journeys/*.yml"):
        raise NoSuchPlace(journey)
    return file


KINDS: Mapping[str, Kind] = {
    "saying": Kind(3, _read_saying, _write_saying),
    "examples": Kind(2, _read_examples, _write_examples),
    "question": Kind(2, _read_question, _write_question),
    "order": Kind(2, _read_order, _write_order),
    "fact": Kind(1, settings.read_fact, settings.write_fact),
    "words": Kind(1, settings.read_words, settings.write_words),
    "setting": Kind(2, settings.read_setting, settings.write_setting),
    "hours": Kind(1, settings.read_hours, settings.write_hours),
}

#: Kinds of places in the site's settings, which lie over the site pack.
SETTINGS = frozenset({"fact", "words", "setting", "hours"})
