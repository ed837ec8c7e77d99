"""Cover stories: what the number answers as while the conversation is shut.

A cover is a small automated information number, written in ``data/covers/<name>.toml``. Whatever
it is asked, it stays one. It knows nothing of the service, so it can give nothing away.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.care.code_words import matches_code_word, parse_word
from bot.care.cover_hours import Hours, find_hours, parse_hours
from bot.care.cover_weather import Climate, find_weather, parse_climate
from bot.care.reading import fold

__all__ = ["Cover", "find_story", "matches_code_word", "names", "parse_code_word", "title"]

_FOLDER = Path(__file__).parents[2] / "data" / "covers"
_READ_AT_MOST = 1000
_WORD = re.compile(r"[^\W_]+")

#: The language of whoever speaks none that the cover has.
_DEFAULT = "en"

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Topic:
    """A line, and the words or phrases that ask for it, as :func:`fold` writes them."""

    asks: tuple[str, ...]
    say: Texts


@dataclass(frozen=True)
class Cover:
    """One story. ``otherwise`` answers whatever no topic is asked for by."""

    titles: Texts
    weekdays: Mapping[str, Sequence[str]]
    topics: tuple[Topic, ...]
    otherwise: Texts
    emergencies: Texts
    climate: Climate | None
    hours: Hours | None

    def answer(self, untrusted_text: str, language: str, town: str, now: datetime) -> str:
        """What the number says. The same text gets the same answer all day. Never raises.

        ``now`` has the site's time zone. Nothing of what was written comes back in the answer.
        """
        spoken = language if language in self.otherwise else _DEFAULT
        topic = self._find_topic(untrusted_text)
        say = topic.say if topic else self.otherwise
        return say[spoken].format_map(self._find_facts(spoken, town, now))

    def emergency(self, language: str, number: str) -> str:
        """The line of such numbers on emergencies; ``number`` is the site's emergency number."""
        return self.emergencies.get(language, self.emergencies[_DEFAULT]).format(emergency=number)

    def knows(self, untrusted_text: str) -> bool:
        """Whether the number has a line for that, and not just the one for everything else."""
        return self._find_topic(untrusted_text) is not None

    def _find_topic(self, untrusted_text: str) -> Topic | None:
        said = f" {_plain(untrusted_text)} "
        asked = (topic for topic in self.topics if any(f" {ask} " in said for ask in topic.asks))
        return next(asked, None)

    def _find_facts(self, language: str, town: str, now: datetime) -> dict[str, str]:
        days = self.weekdays[language]
        today, tomorrow = days[now.weekday()], days[(now.weekday() + 1) % 7]
        facts = {"town": town, "today": today, "tomorrow": tomorrow}
        if self.climate:
            facts |= find_weather(self.climate, town, now, language)
        if self.hours:
            facts |= find_hours(self.hours, now, language, days)
        return facts


@cache
def names() -> tuple[str, ...]:
    """Every story there is, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def title(name: str, language: str) -> str:
    """What a story is called when one is chosen."""
    titles = find_story(name).titles
    return titles.get(language, titles[_DEFAULT])


@cache
def find_story(name: str) -> Cover:
    """The story of that name.

    For a name that a site has taken away it is the first one there is: a number that fell out of
    its role would give away more than a number that changed it.
    """
    known = name if name in names() else names()[0]
    return parse_story((_FOLDER / f"{known}.toml").read_text(encoding="utf-8"))


def parse_code_word(untrusted_text: str, exit_words: Collection[str] = ()) -> str | None:
    """The code word as it is kept, or ``None`` when this cannot be one.

    Refused are the site's ``exit_words``, what :func:`bot.care.code_words.parse_word` refuses, and
    whatever a cover has an answer to: anybody who plays with the number types that.
    """
    stories = [find_story(name) for name in names()]
    if any(story.knows(untrusted_text) for story in stories):
        return None
    titles = [text for story in stories for text in story.titles.values()]
    return parse_word(untrusted_text, (*exit_words, *names(), *titles))


def parse_story(text: str) -> Cover:
    """A story from TOML. Raises ``KeyError`` or ``ValueError`` for bad content."""
    content: dict[str, Any] = tomllib.loads(text)
    return Cover(
        titles=content["title"],
        weekdays=content["weekdays"],
        topics=tuple(_parse_topic(topic) for topic in content["topic"]),
        otherwise=content["otherwise"],
        emergencies=content["emergency"],
        climate=parse_climate(content["climate"]) if "climate" in content else None,
        hours=parse_hours(content["hours"]) if "hours" in content else None,
    )


def _parse_topic(topic: Mapping[str, Any]) -> Topic:
    return Topic(tuple(_plain(ask) for ask in topic["asks"]), topic["say"])


def _plain(untrusted_text: str) -> str:
    return " ".join(_WORD.findall(fold(untrusted_text[:_READ_AT_MOST])))
