"""The conversation as it is written, for people to read: what they say, what the bot says, when.

Files of one name in ``data/nlu``, ``data/responses`` and ``data/rules`` are one topic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.flows.errors import BadContent
from bot.wire.turns import Option, Reply
from bot.written import load_written

#: The first words of a file that nobody qualified has read yet.
_NOT_REVIEWED = "# Review: not yet reviewed"
#: A variant of a response without a condition is English.
_DEFAULT = "en"


@dataclass(frozen=True)
class Intent:
    """A meaning, and what people write for it, by language."""

    name: str
    topic: str
    examples: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Saying:
    """One variant of what the bot says. ``channel`` is ``None`` for all that have no other."""

    name: str
    topic: str
    language: str
    channel: str | None
    reply: Reply


@dataclass(frozen=True)
class Step:
    """One line of a rule: ``says`` (any of ``names``), ``does``, ``asks`` or ``knows``."""

    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """When ``given`` holds, the steps follow each other."""

    name: str
    topic: str
    given: tuple[str, ...]
    steps: tuple[Step, ...]

    def hears(self, intent: str) -> bool:
        """Whether the rule is about a message of this meaning."""
        return any(step.kind == "says" and intent in step.names for step in self.steps)


@dataclass(frozen=True)
class Topic:
    """What belongs together. ``reviewed`` when somebody qualified has read all of its files."""

    name: str
    reviewed: bool
    intents: tuple[Intent, ...] = field(default=())
    sayings: tuple[Saying, ...] = field(default=())
    rules: tuple[Rule, ...] = field(default=())


def load_conversation(data: Path) -> dict[str, Topic]:
    """Every topic by name, from the folder ``data``. Raises :class:`BadContent`."""
    try:
        intents, sayings, rules = _load_intents(data), _load_sayings(data), _load_rules(data)
    except (LookupError, TypeError, AttributeError) as error:
        raise BadContent(data, f"something is missing or misplaced, {error!r}") from error
    found = [one.topic for one in intents] + [one.topic for one in sayings]
    names = {*found, *(one.topic for one in rules)}
    return {
        name: Topic(
            name,
            _is_reviewed(data, name),
            tuple(one for one in intents if one.topic == name),
            tuple(one for one in sayings if one.topic == name),
            tuple(one for one in rules if one.topic == name),
        )
        for name in sorted(names)
    }


def _load_intents(data: Path) -> list[Intent]:
    found: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {}
    for path, written in _read(data, "nlu/*/*.yml"):
        for one in written.get("nlu", ()):
            if "intent" in one:
                _, examples = found.setdefault(one["intent"], (path.stem, {}))
                lines = tuple(line.removeprefix("- ") for line in one["examples"].splitlines())
                language = path.parent.name
                examples[language] = (*examples.get(language, ()), *lines)
    return [Intent(name, topic, examples) for name, (topic, examples) in found.items()]


def _load_sayings(data: Path) -> list[Saying]:
    return [
        Saying(name, path.stem, find_language(one), one.get("channel"), _reply(one))
        for path, written in _read(data, "responses/*.yml")
        for name, variants in written.get("responses", {}).items()
        for one in variants
    ]


def _load_rules(data: Path) -> list[Rule]:
    return [
        Rule(
            one["rule"],
            path.stem,
            tuple(step.names[0] for step in map(_step, one.get("condition", ()))),
            tuple(map(_step, one["steps"])),
        )
        for path, written in _read(data, "rules/*.yml")
        for one in written.get("rules", ())
    ]


def _step(written: Mapping[str, Any]) -> Step:
    if "or" in written:
        return Step("says", tuple(str(one["intent"]) for one in written["or"]))
    if "intent" in written:
        return Step("says", (str(written["intent"]),))
    if "action" in written:
        return Step("does", (str(written["action"]),))
    if "active_loop" in written:
        loop = written["active_loop"]
        return Step("asks", (str(loop),)) if loop else Step("knows", ("no open question",))
    slots = written.get("slot_was_set", ())
    return Step("knows", tuple(f"{k} = {v}" for one in slots for k, v in dict(one).items()))


def _reply(written: Mapping[str, Any]) -> Reply:
    options = (Option(str(one["title"]), str(one["payload"])) for one in written.get("buttons", ()))
    return Reply(" ".join(str(written["text"]).split()), tuple(options))


def find_language(written: Mapping[str, Any]) -> str:
    """The language of a response's variant, as it is written."""
    conditions = written.get("condition", ())
    return next((str(one["value"]) for one in conditions if one["name"] == "language"), _DEFAULT)


def _is_reviewed(data: Path, topic: str) -> bool:
    files = [path for part in ("nlu/*", "responses") for path in data.glob(f"{part}/{topic}.yml")]
    return not any(path.read_text(encoding="utf-8").startswith(_NOT_REVIEWED) for path in files)


def _read(data: Path, pattern: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for path in sorted(data.glob(pattern)):
        try:
            written = load_written(path)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise BadContent(path, error) from error
        if not isinstance(written, Mapping):
            raise BadContent(path, "it holds no list of names")
        yield path, written
