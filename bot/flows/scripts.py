"""Conversations as they have to go: what a person says, and the names of all that they hear.

``data/gate/conversations/<language>/*.yml`` holds those of the content. ``promises.yml`` is what
every survivor may count on, and no release may have it otherwise; ``agreed.yml`` is what earlier
releases agreed to have otherwise.

Where somebody hears ``something``, any answer will do. The words in ``with`` have to be in what is
heard, whatever its names are.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.care.reading import fold
from bot.flows.errors import BadContent
from bot.flows.naming import PLAIN

Facts = Mapping[str, str]

#: Where they lie, below the content's root.
FOLDER = Path("data") / "gate" / "conversations"
_PROMISES, _AGREED = "promises", "agreed"
#: In the place of all names: any answer at all.
ANYTHING = ("something",)
_EITHER = " / "


@dataclass(frozen=True)
class Turn:
    """One message, and the names of all replies to it in order (``bot.flows.naming``).

    ``words`` have to be in the replies; of those between slashes one is enough.
    """

    says: str
    hears: tuple[str, ...]
    words: tuple[str, ...] = ()

    def read(self, names: Sequence[str], texts: Sequence[str], facts: Facts) -> tuple[str, ...]:
        """What is heard, in the words of ``hears``: ``names`` of the replies and their ``texts``.

        ``facts`` are the site's, which may stand in ``words`` in braces.
        """
        heard = ANYTHING if names and self.hears == ANYTHING else tuple(names)
        said = fold(" ".join(texts))
        missing = (one for one in self.words if not _holds(said, one, facts))
        return (*heard, *(f"not '{one}'" for one in missing))

    def to_json(self) -> dict[str, Any]:
        """The turn as plain JSON values."""
        written = {"says": self.says, "hears": list(self.hears)}
        return {**written, "with": list(self.words)} if self.words else written

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Turn:
        """The turn that :meth:`to_json` wrote. Raises ``KeyError`` on anything else."""
        names = tuple(str(name) for name in value["hears"])
        return cls(str(value["says"]), names, tuple(map(str, value.get("with", ()))))


@dataclass(frozen=True)
class Script:
    """One person's conversation. ``promise``: no release may have it otherwise."""

    name: str
    language: str
    turns: tuple[Turn, ...]
    channel: str = PLAIN
    promise: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What there is only one of."""
        return self.language, self.name


@dataclass(frozen=True)
class Difference:
    """The first message of a conversation, counted from 1, to which something else is heard."""

    script: str
    language: str
    turn: int
    says: str
    expected: tuple[str, ...]
    heard: tuple[str, ...]

    def __str__(self) -> str:
        """For people."""
        heard, expected = (", ".join(names) or "nothing" for names in (self.heard, self.expected))
        return (
            f"'{self.script}' ({self.language}) goes otherwise: after '{self.says}' "
            f"one hears {heard} and not {expected}."
        )


def load_scripts(root: Path) -> list[Script]:
    """Every conversation of the content under ``root``. Raises :class:`BadContent`."""
    files = sorted((root / FOLDER).glob("*/*.yml"), key=lambda file: (file.stem == _AGREED, file))
    found: dict[tuple[str, str], Script] = {}
    for file in files:
        lay_over(found, _load(file))
    return list(found.values())


def lay_over(found: dict[tuple[str, str], Script], scripts: Iterable[Script]) -> None:
    """Put ``scripts`` in the place of those of the same language and name, but for promises."""
    for script in scripts:
        if not (script.key in found and found[script.key].promise):
            found[script.key] = script


def save_agreed(root: Path, scripts: Iterable[Script]) -> None:
    """Write down what a release agreed to have otherwise, with its content."""
    by_language: dict[str, dict[tuple[str, str], Script]] = {}
    for script in scripts:
        path = root / FOLDER / script.language / f"{_AGREED}.yml"
        known = {one.key: one for one in (_load(path) if path.exists() else ())}
        by_language.setdefault(script.language, known)[script.key] = script
    for language, agreed in by_language.items():
        path = root / FOLDER / language / f"{_AGREED}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        written = [_write(script) for script in agreed.values()]
        path.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), "utf-8")


def copy_agreed(root: Path, draft: Path) -> None:
    """Take along what the content under ``root`` has agreed to."""
    for path in (root / FOLDER).glob(f"*/{_AGREED}.yml"):
        there = draft / path.relative_to(root)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, there)


def find_difference(script: Script, heard: Iterable[Iterable[str]]) -> Difference | None:
    """Where the conversation first goes otherwise; ``heard`` are the names by turn."""
    for number, (turn, names) in enumerate(zip(script.turns, heard, strict=True), start=1):
        if (got := tuple(names)) != turn.hears:
            return Difference(script.name, script.language, number, turn.says, turn.hears, got)
    return None


def _holds(said: str, words: str, facts: Facts) -> bool:
    return any(fold(_fill(one, facts)) in said for one in words.split(_EITHER))


def _fill(words: str, facts: Facts) -> str:
    """A fact that the site does not have is not filled in, and so is not heard either."""
    return re.sub(r"{(\w+)}", lambda blank: facts.get(blank[1], blank[0]), words)


def _load(file: Path) -> Iterator[Script]:
    """A yes in YAML is a word here."""
    try:
        written = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 safe
        for one in written:
            turns = tuple(Turn.from_json(turn) for turn in one["turns"])
            channel = one.get("channel", PLAIN)
            promise = file.stem == _PROMISES
            yield Script(one["name"], file.parent.name, turns, channel, promise)
    except (yaml.YAMLError, UnicodeDecodeError, LookupError, TypeError, AttributeError) as error:
        raise BadContent(file, error) from error


def _write(script: Script) -> dict[str, Any]:
    turns = [turn.to_json() for turn in script.turns]
    return {"name": script.name, "channel": script.channel, "turns": turns}
