"""The test set is no copy of what the bot learned from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT

HERE = Path(__file__).parent
#: Share of three-letter pieces (Jaccard) from which two lines say the same in the same letters.
NEAR = 0.8
#: Lines of fewer letters cannot be told apart this way, and "hi" may stand in both.
SHORT = 16
FEWEST = 15


def _learned(language: str) -> list[str]:
    return [
        line.strip().removeprefix("- ")
        for file in sorted((ROOT / "data" / "nlu" / language).glob("*.yml"))
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    ]


def _tested(language: str) -> Iterator[tuple[str, list[str]]]:
    for file in sorted(HERE.glob(f"{language}.?.yml")):
        yield from _load(file.stem)


def _load(name: str) -> list[tuple[str, list[str]]]:
    return list(yaml.safe_load((HERE / f"{name}.yml").read_text(encoding="utf-8")).items())


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_intent_is_tested(language: str) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    tested = dict(_tested(language))
    assert set(tested) == set(domain["intents"]) - {"begin", "choose_place", "either"}
    assert min(map(len, tested.values())) >= FEWEST


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_line_is_nearly_one_that_was_learned(language: str) -> None:
    index = Index(_learned(language))
    sets = [*_tested(language), *_load(f"crisis.{language}"), *_load(f"ordinary.{language}")]
    tested = [line for _, lines in sets for line in lines if len(line) >= SHORT]
    assert [line for line in tested if index.find_likeness(line) >= NEAR] == []


def _pieces(line: str) -> set[str]:
    plain = f" {line.casefold()} "
    return {plain[place : place + 3] for place in range(len(plain) - 2)}


class Index:
    """Finds how near the nearest of many lines is."""

    def __init__(self, lines: list[str]) -> None:
        self._sizes = [len(_pieces(line)) for line in lines]
        self._lines: dict[str, list[int]] = defaultdict(list)
        for place, line in enumerate(lines):
            for piece in _pieces(line):
                self._lines[piece].append(place)

    def find_likeness(self, line: str) -> float:
        pieces = _pieces(line)
        shared = Counter(place for piece in pieces for place in self._lines.get(piece, ()))
        likenesses = (n / (len(pieces) + self._sizes[place] - n) for place, n in shared.items())
        return max(likenesses, default=0.0)
