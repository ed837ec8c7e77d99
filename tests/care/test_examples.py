"""The rules beside the engine's examples: calm lines stay calm, and danger is mostly found.

The rules were widened with the lines of ``danger.yml``, so this says nothing about new
wordings; it only keeps what was reached. The lines of ``danger_signs.yml`` are mostly soft
and indirect signs, and those are the engine's to hear. docs/safety-rules.md has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.care.screen import Kind, Screen

FOLDER = Path(__file__).parents[2] / "data" / "nlu"
GRAVE = {Kind.DANGER, Kind.MEDICAL, Kind.SUICIDE, Kind.CHILD}
#: The rules leave this one to the engine: a person who may hurt somebody needs another answer.
LEFT_OUT = "danger_harm_others"
FOUND = ("danger_violence", "danger_captive", "danger_medical", "danger_suicide", "danger_child")
#: What the rules find of the signs, less a few points.
SIGNS = {"en": 0.13, "es": 0.22}


def _lines(language: str, name: str = "*") -> Iterator[tuple[str, str]]:
    """Intent and text of every example in the files of that name."""
    for file in sorted((FOLDER / language).glob(f"{name}.yml")):
        for item in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in item:
                for line in item["examples"].splitlines():
                    yield item["intent"], line.removeprefix("- ")


def _is_grave(screen: Screen, text: str) -> bool:
    finding = screen.look(text)
    return finding is not None and finding.kind in GRAVE


def _share_found(screen: Screen, texts: list[str]) -> float:
    return sum(_is_grave(screen, text) for text in texts) / len(texts)


@pytest.mark.parametrize("language", ["en", "es"])
def test_hardly_any_calm_example_is_taken_for_danger(screen: Screen, language: str) -> None:
    playful = set(_lines(language, "everyday"))
    calm = [
        text for intent, text in set(_lines(language)) - playful if not intent.startswith("danger_")
    ]
    assert len(calm) > 8000
    assert _share_found(screen, calm) <= 0.005


@pytest.mark.parametrize("language", ["en", "es"])
def test_few_exaggerations_are_taken_for_danger(screen: Screen, language: str) -> None:
    """Lines that play with the words of danger; many were written to trip these very rules."""
    playful = [text for _, text in _lines(language, "everyday")]
    assert len(playful) > 500
    assert _share_found(screen, playful) <= 0.06


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("intent", FOUND)
def test_most_examples_of_danger_are_found(screen: Screen, language: str, intent: str) -> None:
    texts = [text for name, text in _lines(language, "danger") if name == intent]
    assert _share_found(screen, texts) > 0.85


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_plain_ones_among_the_signs_of_danger_are_found(screen: Screen, language: str) -> None:
    texts = [text for name, text in _lines(language, "danger_signs") if name in FOUND]
    assert _share_found(screen, texts) >= SIGNS[language]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_wish_to_kill_somebody_is_no_suicide(screen: Screen, language: str) -> None:
    texts = [text for intent, text in _lines(language) if intent == LEFT_OUT]
    findings = [screen.look(text) for text in texts]
    assert not [finding for finding in findings if finding and finding.kind is Kind.SUICIDE]
