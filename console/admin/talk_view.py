"""What was played, as the pages show it: line by line, a draft beside what is in use. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: A turn of a result, as the worker writes it.
Turn = Mapping[str, Any]
_BEHIND = ("finding", "slots", "answered_by", "actions", "commands", "next")


@dataclass(frozen=True)
class Line:
    """One line that was said, and for each version what came of it.

    ``sides`` are empty while nothing was played; ``differs`` says in words what is otherwise, and
    is empty where nothing is.
    """

    says: str
    sides: tuple[tuple[str, Turn], ...]
    differs: str


def pair_lines(says: Sequence[str], results: Mapping[str, Mapping[str, Any]]) -> list[Line]:
    """Each line with its turns; ``results`` are those that there are, by what people call them."""
    played = {name: result["turns"] for name, result in results.items()}
    return [_pair(at, line, played) for at, line in enumerate(says)]


def find_choices(lines: Sequence[Line]) -> list[str]:
    """What may be pressed now, each once: the choices of the last reply in each version."""
    if not lines:
        return []
    replies = [turn["replies"][-1] for _, turn in lines[-1].sides if turn["replies"]]
    return list(dict.fromkeys(title for reply in replies for title in reply["options"]))


def tell_difference(one: Turn, other: Turn) -> str:
    """What is otherwise in the one, in words; empty where nothing is."""
    if one["hears"] != other["hears"]:
        return "Another answer comes."
    if one["replies"] != other["replies"]:
        return "The answer has other words."
    if any(one[part] != other[part] for part in _BEHIND):
        return "The words are the same, and what is behind them is not."
    return ""


def render_value(value: Any) -> str:
    """What a slot holds now, or a field of a command."""
    if value is None:
        return "emptied"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _pair(at: int, says: str, played: Mapping[str, Sequence[Turn]]) -> Line:
    sides = tuple((name, turns[at]) for name, turns in played.items() if at < len(turns))
    differs = tell_difference(sides[0][1], sides[1][1]) if len(sides) > 1 else ""
    return Line(says, sides, differs)
