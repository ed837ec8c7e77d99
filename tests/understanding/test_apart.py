"""The test set is no copy of what the bot learned from."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.written import load_written

HERE = Path(__file__).parent
#: Share of three-letter pieces (Jaccard) from which two lines say the same in the same letters.
NEAR = 0.8
#: Lines of fewer letters cannot be told apart this way, and "hi" may stand in both.
SHORT = 16
FEWEST = 15
#: What options and the house say to the engine, and nobody else.
NEVER_TYPED = {
    "begin", "returned", "choose_place", "either", "answer", "start", "change", "do",
    "house_answered", "plan", "no_reminders",
}  # fmt: skip


def _learned(language: str) -> list[str]:
    return [
        line.strip().removeprefix("- ")
        for file in sorted((ROOT / "data" / "nlu" / language).glob("*.yml"))
        for block in load_written(file)["nlu"]
        for line in block["examples"].splitlines()
    ]


def _tested(language: str) -> Iterator[tuple[str, list[str]]]:
    for file in sorted(HERE.glob(f"{language}.?.yml")):
        yield from _load(file.stem)


def _load(name: str) -> list[tuple[str, list[str]]]:
    return list(load_written(HERE / f"{name}.yml").items())


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_intent_is_tested(language: str) -> None:
    domain = load_written(ROOT / "domain.yml")
    tested = dict(_tested(language))
    assert set(tested) == set(domain["intents"]) - NEVER_TYPED
    assert min(map(len, tested.values())) >= FEWEST


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_line_is_nearly_one_that_was_learned(language: str) -> None:
    index = Index(_learned(language))
    sets = [*_tested(language), *_load(f"crisis.{language}"), *_load(f"ordinary.{language}")]
    tested = [line for _, lines in sets for line in lines if len(line) >= SHORT]
    assert [line for line in tested if index.has_near(line)] == []


def test_a_near_copy_is_found_and_another_line_is_not() -> None:
    index = Index(["i need a place to sleep tonight", "he took my phone and my papers"])
    assert index.has_near("I need a place to sleep tonight pls")
    assert not index.has_near("he took my phone and left")


def _pieces(line: str) -> set[str]:
    plain = f" {line.casefold()} "
    return {plain[place : place + 3] for place in range(len(plain) - 2)}


class Index:
    """Finds whether any of many lines is near.

    A line that is near lacks at most a fifth of the pieces, so it has one of the rarest fifth and
    one more (Chaudhuri et al. 2006): only lines with one of those are compared.
    """

    def __init__(self, lines: list[str]) -> None:
        self._pieces = [_pieces(line) for line in lines]
        self._lines: dict[str, list[int]] = defaultdict(list)
        for place, pieces in enumerate(self._pieces):
            for piece in pieces:
                self._lines[piece].append(place)

    def has_near(self, line: str) -> bool:
        pieces = _pieces(line)
        rarest = sorted(pieces, key=lambda piece: len(self._lines.get(piece, ())))
        most_missing = len(pieces) - math.ceil(NEAR * len(pieces))
        few = rarest[: most_missing + 1]
        places = {place for piece in few for place in self._lines.get(piece, ())}
        return any(_find_likeness(pieces, self._pieces[place]) >= NEAR for place in places)


def _find_likeness(ours: set[str], theirs: set[str]) -> float:
    shared = len(ours & theirs)
    return shared / (len(ours) + len(theirs) - shared)
