"""What is read of a text to a navigator: whole messages, and never a word too many."""

from __future__ import annotations

import pytest

from bot.care.held_words import _ANSWERS, _TAKES_BACK, find_take_back, parse_yes_no
from bot.care.screen import Screen


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("take back", "en"),
        ("TAKE BACK!", "en"),
        ("Stop sharing.", "en"),
        ("don't share", "en"),
        ("no compartir", "es"),
        ("Retirar", "es"),
        ("¡Quítalo!", "es"),
        ("i take back what i said", None),
        ("can you take it back to the shop", None),
        ("no lo compartas con mi hermana", None),
        ("", None),
    ],
)
def test_taking_back(said: str, language: str | None) -> None:
    assert find_take_back(said) == language


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("yes", True),
        ("Sí", True),
        ("1.", True),
        ("claro que sí", True),
        ("no", False),
        ("No, gracias", False),
        ("2", False),
        ("yes but not my name", None),
        ("12", None),
        ("no sé", None),
        ("ok", None),
        ("", None),
    ],
)
def test_yes_and_no(said: str, answer: bool | None) -> None:
    assert parse_yes_no(said) is answer


def test_none_of_these_is_obeyed_by_the_safety_rules_first(screen: Screen) -> None:
    for word in (*_ANSWERS, *_TAKES_BACK):
        assert screen.look(word) is None, word
