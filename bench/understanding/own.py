"""The test set that the training never sees, asked of rules and engine together."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.understanding.figures import Judged, Share
from bench.understanding.noise import add_noise
from bot.flows.errors import ModelMissing
from bot.flows.reader import Reader
from bot.flows.train import find_model
from bot.settings import ROOT
from bot.site import load_site
from bot.understanding import Understanding, Understood
from bot.wire.meaning import UNSURE, Meaning

TESTS = ROOT / "tests" / "understanding"
LANGUAGES = ("en", "es")
BATCH = 64

Ask = Callable[[Sequence[str]], list[Understood]]


@dataclass(frozen=True)
class Language:
    """All figures of one language."""

    name: str
    clean: Sequence[Judged]
    noisy: Sequence[Judged]
    recall: dict[str, Share]
    false_alarms: Share


def measure() -> tuple[list[Language], float]:
    """Each language's figures, and messages a second. Raises ``ModelMissing``."""
    model = find_model(ROOT, ROOT / "var")
    if model is None:
        raise ModelMissing
    understanding = Understanding(load_site(ROOT / "sites" / "demo"))
    with Reader(ROOT, model) as reader:

        def ask(texts: Sequence[str]) -> list[Understood]:
            return list(_ask(understanding, reader, texts))

        ask(["hello"])
        started = time.perf_counter()
        languages = [_measure_language(name, ask) for name in LANGUAGES]
        asked = sum(
            2 * len(found.clean) + found.false_alarms.of + sum(s.of for s in found.recall.values())
            for found in languages
        )
        return languages, asked / (time.perf_counter() - started)


def _ask(
    understanding: Understanding, reader: Reader, texts: Sequence[str]
) -> Iterator[Understood]:
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        reader.ask(batch)
        looked = [understanding.look(text) for text in batch]
        for one, (ranking, pieces) in zip(looked, reader.answer(), strict=True):
            yield understanding.understand(one, ranking, pieces)


def _measure_language(name: str, ask: Ask) -> Language:
    lines = [
        (text, intent)
        for file in sorted(TESTS.glob(f"{name}.?.yml"))
        for intent, texts in _load(file).items()
        for text in texts
    ]
    crisis = _load(TESTS / f"crisis.{name}.yml")
    ordinary = ask(_load(TESTS / f"ordinary.{name}.yml")["ordinary"])
    return Language(
        name=name,
        clean=_judge(lines, ask([text for text, _ in lines])),
        noisy=_judge(lines, ask([add_noise(text) for text, _ in lines])),
        recall={kind: _find_danger(ask(texts)) for kind, texts in crisis.items()},
        false_alarms=_find_danger(ordinary),
    )


def _judge(lines: Sequence[tuple[str, str]], understood: Sequence[Understood]) -> list[Judged]:
    """By the likeliest intent: thresholds decide what to do, not what was understood."""
    return [
        Judged(text, intent, first.intent, first.confidence)
        for (text, intent), one in zip(lines, understood, strict=True)
        for first in [*one.ranking, Meaning(UNSURE, 0.0)][:1]
    ]


def _find_danger(understood: Sequence[Understood]) -> Share:
    return Share(sum(one.danger is not None for one in understood), len(understood))


def _load(file: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found
