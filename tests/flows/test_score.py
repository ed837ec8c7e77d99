"""A release that understands less is not published."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.flows.score import Score, find_losses, score_model
from bot.flows.train import find_model
from bot.settings import ROOT
from bot.site import load_site

pytestmark = pytest.mark.stack


def _write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name.replace('_', '.')}.yml").write_text(text, encoding="utf-8")


def test_a_model_is_measured_by_what_it_takes_right_and_the_danger_it_finds(
    tmp_path: Path,
) -> None:
    model = find_model(ROOT, ROOT / "var")
    assert model is not None
    _write(
        tmp_path,
        en_a="need_food: [i need food, where can i get groceries]\n",
        en_b="need_legal: [i need a lawyer]\nthanks: [i need some food please]\n",
        crisis_en="violence_now: [he is hitting me right now]\nmedical: [what a sunny day it is]\n",
    )
    scores = score_model(ROOT, model, tmp_path, load_site(ROOT / "sites" / "demo"))
    assert scores == {"en": Score(accuracy=75.0, recall=50.0)}


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (Score(92.0, 97.0), []),
        (Score(93.0, 98.0), []),
        (Score(91.6, 97.0), []),
        (Score(91.4, 97.0), ["understands less"]),
        (Score(92.0, 96.9), ["less danger"]),
        (Score(90.0, 90.0), ["less danger", "understands less"]),
    ],
)
def test_what_is_lost_is_said(after: Score, words: list[str]) -> None:
    losses = find_losses({"es": Score(92.0, 97.0)}, {"es": after})
    assert [word in loss for word, loss in zip(words, losses, strict=True)] == [True] * len(words)


def test_a_language_that_is_new_or_gone_is_no_loss() -> None:
    assert find_losses({"es": Score(92.0, 97.0)}, {"en": Score(10.0, 10.0)}) == []
