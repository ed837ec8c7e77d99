"""The journeys as people wrote them: ``data/journeys/<name>.yml``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.journeys.errors import BadJourney
from bot.written import load_written

#: A text in each language of the content.
Texts = Mapping[str, str]

DEFAULT_LANGUAGE = "en"

#: What a question may ask for. The plain kinds need no code of their own.
_PLAIN_KINDS = frozenset({"words", "choice", "yes_no", "day"})
KINDS = _PLAIN_KINDS | {"secret", "code_word", "name", "service", "slot", "desk", "note"}
YES, NO = "yes", "no"
#: How the two answers to a question of yes or no are written.
YES_NO: Mapping[str, Texts] = {
    YES: {"en": "Yes", "es": "Sí"},
    NO: {"en": "No", "es": "No"},
}


@dataclass(frozen=True)
class Option:
    """One thing to choose."""

    id: str
    title: Texts


@dataclass(frozen=True)
class Question:
    """One question. ``short`` ones make the short version; ``when`` names earlier answers.

    ``line`` is how the answer is read back, with ``{answer}`` in it; a question without one is
    not read back. ``after`` is said once an answer is there.
    """

    id: str
    section: str
    kind: str
    ask: Texts
    options: tuple[Option, ...] = ()
    short: bool = False
    skip: bool = True
    when: Mapping[str, Collection[str]] | None = None
    after: Texts | None = None
    line: Texts | None = None


@dataclass(frozen=True)
class Section:
    """Questions under one heading."""

    id: str
    title: Texts


@dataclass(frozen=True)
class Journey:
    """A whole journey. With a ``menu`` the person chooses the sections themselves."""

    name: str
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    start: Texts | None = None
    menu: Texts | None = None

    def question(self, question_id: str) -> Question | None:
        """The question of this name, if the content still has it."""
        return next((one for one in self.questions if one.id == question_id), None)


def load_journeys(folder: Path) -> dict[str, Journey]:
    """Every journey by name. Raises :class:`BadJourney`."""
    return {file.stem: load_journey(file) for file in sorted(folder.glob("*.yml"))}


def load_journey(path: Path) -> Journey:
    """The journey in one file. Raises :class:`BadJourney`."""
    try:
        written = load_written(path)
        return Journey(
            name=path.stem,
            sections=tuple(Section(one["id"], _texts(one["title"])) for one in written["sections"]),
            questions=tuple(_questions(written)),
            start=_texts_or_none(written.get("start")),
            menu=_texts_or_none(written.get("menu")),
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise BadJourney(path.name, error) from error


def text_in(texts: Texts, language: str) -> str:
    """The text in ``language``, or in the default one, without the file's line ends."""
    return " ".join((texts.get(language) or texts[DEFAULT_LANGUAGE]).split())


def _questions(written: Mapping[str, Any]) -> Iterator[Question]:
    for section in written["sections"]:
        for one in section["questions"]:
            yield _question(section["id"], one)


def _question(section: str, one: Mapping[str, Any]) -> Question:
    if one["kind"] not in KINDS:
        raise ValueError(f"there is no kind of question '{one['kind']}'")
    return Question(
        id=one["id"],
        section=section,
        kind=one["kind"],
        ask=_texts(one["ask"]),
        options=tuple(Option(o["id"], _texts(o["title"])) for o in one.get("options", ())),
        short=bool(one.get("short", False)),
        skip=bool(one.get("skip", True)),
        when=_when(one.get("when")),
        after=_texts_or_none(one.get("after")),
        line=_texts_or_none(one.get("line")),
    )


def _texts(written: Any) -> Texts:
    if not isinstance(written, dict) or not all(isinstance(t, str) for t in written.values()):
        raise ValueError(f"a text is to be written in each language, unlike {written!r}")
    return written


def _texts_or_none(written: Any) -> Texts | None:
    return None if written is None else _texts(written)


def _when(written: Any) -> Mapping[str, Collection[str]] | None:
    if written is None:
        return None
    if not isinstance(written, dict) or not all(isinstance(a, list) for a in written.values()):
        raise ValueError(f"a condition names questions with lists of answers, unlike {written!r}")
    return written
