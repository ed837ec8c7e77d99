"""Ways in which content would bring code, beside ``config.yml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.flows.errors import BadContent
from bot.written import load_written

#: What words are written in. Whatever else lies there could be loaded by its name: the trainer
#: looks for code in the content's folder too.
WORDS = frozenset({".csv", ".json", ".md", ".toml", ".tsv", ".txt", ".yaml", ".yml"})
#: Kinds of slots that the engine has itself; it loads any other as a class, by its path.
SLOTS = frozenset({"any", "bool", "categorical", "float", "list", "text"})


def find_code(untrusted: Path) -> Iterator[str]:
    """What is wrong with the content under ``untrusted``, each in a sentence.

    Raises :class:`BadContent`.
    """
    for path in sorted(one for one in untrusted.rglob("*") if one.is_file()):
        if path.suffix.lower() not in WORDS:
            yield f"{str(path.relative_to(untrusted))!a} is no file of words."
    for path in (untrusted / "domain.yml", *sorted(untrusted.glob("data/responses/*.yml"))):
        for kind in _find_slots(path):
            if kind not in SLOTS:
                yield f"{path.name} has a slot of a kind that the engine has not: {kind!a}."


def _find_slots(path: Path) -> Iterator[Any]:
    """The kind of each slot. All these files together are the domain."""
    try:
        written = load_written(path)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadContent(path, error) from error
    slots = written.get("slots") if isinstance(written, dict) else None
    for slot in slots.values() if isinstance(slots, dict) else ():
        kind = slot.get("type") if isinstance(slot, dict) else None
        yield kind if isinstance(kind, str) else None
