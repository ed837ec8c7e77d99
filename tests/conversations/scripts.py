"""The scripts of conversations: what a person says and hears, in the words of the flow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Turn:
    """One message, and the names of all replies to it in order."""

    says: str
    hears: tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """One person's conversation."""

    name: str
    language: str
    turns: tuple[Turn, ...]


def load_scripts() -> list[Script]:
    """Every script, those of one language after another; a yes in YAML is a word here."""
    return [
        _script(file.parent.name, written)
        for file in sorted(FOLDER.glob("*/*.yml"))
        for written in yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    ]


def _script(language: str, written: dict[str, Any]) -> Script:
    turns = (Turn(turn["says"], tuple(turn["hears"])) for turn in written["turns"])
    return Script(written["name"], language, tuple(turns))
