"""How well a model understands a test set that it never learned from, and whether that is less.

The set is a folder: ``<language>.<part>.yml`` has lines by intent, ``crisis.<language>.yml``
lines by kind of danger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.care.kinds import DANGERS
from bot.care.screen import Screen
from bot.flows.reader import Ranking, Reader
from bot.site import Site
from bot.wire.meaning import DANGER_KINDS, Thresholds, decide_meaning, find_window_danger
from bot.written import load_written

#: Points of accuracy that a few new examples may cost by chance alone.
_BY_CHANCE = 0.5
_BATCH = 64


@dataclass(frozen=True)
class Score:
    """One language, in percent: intents taken right, and danger found by rules and engine."""

    accuracy: float
    recall: float


def score_model(code: Path, model: Path, tests: Path, site: Site) -> dict[str, Score]:
    """The score of each language of the site that has a test set.

    ``code`` is where the engine's environment lies. Raises ``ModelUnreadable``.
    """
    screen = Screen(site.languages, site.exit_words, site.danger_words)
    with Reader(code, model) as reader:
        return {
            language: Score(
                _measure_accuracy(reader, _load(tests, f"{language}.?.yml")),
                _measure_recall(
                    reader, _load(tests, f"crisis.{language}.yml"), screen, site.thresholds
                ),
            )
            for language in site.languages
            if (tests / f"crisis.{language}.yml").exists()
        }


def find_losses(before: Mapping[str, Score], after: Mapping[str, Score]) -> list[str]:
    """What ``after`` understands less well, each in a sentence. Of danger nothing may be lost."""
    return [
        f"{what}, {language}: {old:.1f} % before, {new:.1f} % now."
        for language, was in before.items()
        if (now := after.get(language))
        for what, old, new, allowed in (
            ("It finds less danger", was.recall, now.recall, 0.0),
            ("It understands less", was.accuracy, now.accuracy, _BY_CHANCE),
        )
        if new < old - allowed
    ]


def _measure_accuracy(reader: Reader, lines: Sequence[tuple[str, str]]) -> float:
    rankings = _rank(reader, [text for text, _ in lines])
    right = [
        bool(ranking) and ranking[0].intent == intent
        for (_, intent), (ranking, _) in zip(lines, rankings, strict=True)
    ]
    return 100 * sum(right) / len(right)


def _measure_recall(
    reader: Reader, lines: Sequence[tuple[str, str]], screen: Screen, thresholds: Thresholds
) -> float:
    texts = [text for text, _ in lines]
    found = []
    for text, (ranking, pieces) in zip(texts, _rank(reader, texts), strict=True):
        finding = screen.look(text)
        read = find_window_danger(pieces, thresholds) or decide_meaning(ranking, thresholds)
        found.append((finding is not None and finding.kind in DANGERS) or read in DANGER_KINDS)
    return 100 * sum(found) / len(found)


def _rank(reader: Reader, texts: Sequence[str]) -> Iterator[tuple[Ranking, list[Ranking]]]:
    for start in range(0, len(texts), _BATCH):
        reader.ask(texts[start : start + _BATCH])
        yield from reader.answer()


def _load(tests: Path, pattern: str) -> list[tuple[str, str]]:
    """Lines, each with the name that it stands under."""
    return [
        (text, name)
        for path in sorted(tests.glob(pattern))
        for name, texts in load_written(path).items()
        for text in texts
    ]
