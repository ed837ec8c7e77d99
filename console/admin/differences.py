"""Conversations that go otherwise than they did, and what may be done about each. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from bot.flows.scripts import Script, Turn

#: One of a result's differences, as the worker writes it.
Difference = Mapping[str, Any]
Key = tuple[str, str]
PROMISE, ALREADY, AGREED, OPEN = "promise", "already", "agreed", "open"


@dataclass(frozen=True)
class Step:
    """One line of a conversation and the names of what is heard, before and now.

    ``None``: there is no such line.
    """

    says: str
    before: tuple[str, ...] | None
    now: tuple[str, ...] | None


def find_differences(result: Mapping[str, Any]) -> list[Difference]:
    """Those of a result, whether one conversation was played or all; empty without a result."""
    one = result.get("difference")
    return list(result.get("differences", [one] if one else []))


def count_open(result: Mapping[str, Any], agreed: Mapping[Key, Script]) -> int:
    """How many of a result stand in the way; none while there is no result."""
    standings = [judge(one, agreed) for one in find_differences(result)]
    return sum(one in {PROMISE, OPEN} for one in standings)


def read_heard(difference: Difference) -> Script:
    """The whole conversation as it goes now."""
    turns = tuple(map(Turn.from_json, difference["heard_turns"]))
    return Script(difference["script"], difference["language"], turns, difference["channel"])


def judge(difference: Difference, agreed: Mapping[Key, Script]) -> str:
    """What stands in the way of it: a promise, nothing, or that nobody has agreed yet."""
    if difference["promise"]:
        return PROMISE
    if difference.get("already"):
        return ALREADY
    heard = read_heard(difference)
    there = agreed.get(heard.key)
    return AGREED if there is not None and there.turns == heard.turns else OPEN


def find_open(result: Mapping[str, Any], language: str, name: str) -> Script | None:
    """How the conversation goes now, where a release may agree to that."""
    for one in find_differences(result):
        if (one["language"], one["script"]) == (language, name) and judge(one, {}) == OPEN:
            return read_heard(one)
    return None


def compare(before: Script | None, now: Script) -> list[Step]:
    """The lines to which something else is heard; all of them where there was no such test."""
    rows = zip_longest(before.turns if before else (), now.turns)
    steps = [_pair(*row) for row in rows]
    return [step for step in steps if step.before != step.now]


def group_by_standing(
    differences: Sequence[Difference], agreed: Mapping[Key, Script]
) -> dict[str, list[Difference]]:
    """Differences by what stands in their way, the worst first."""
    judged = [(judge(one, agreed), one) for one in differences]
    order = (PROMISE, OPEN, AGREED, ALREADY)
    found = {what: [one for its, one in judged if its == what] for what in order}
    return {what: some for what, some in found.items() if some}


def _pair(before: Turn | None, now: Turn | None) -> Step:
    turn = now or before
    assert turn is not None
    return Step(turn.says, before.hears if before else None, now.hears if now else None)
