"""Words that a site adds to the safety rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.care.kinds import Kind
from bot.care.screen import Finding, Screen
from bot.errors import SiteError
from bot.site_words import parse_danger_words, parse_exit_words

HERE = Path("site.toml")
OWN = {Kind.DANGER: ("blue lamp", "José's back"), Kind.CHILD: ("niño azul",)}
SCREEN = Screen(("en", "es"), ("moon",), OWN)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("blue lamp", Kind.DANGER),
        ("please, the BLUE   lamp!! now", Kind.DANGER),
        ("joses back", Kind.DANGER),
        ("José’s back and", Kind.DANGER),
        ("el NINO AZUL", Kind.CHILD),
        ("Moon.", Kind.EXIT),
    ],
)
def test_they_are_found_as_whole_words_in_any_language(text: str, kind: Kind) -> None:
    assert SCREEN.look(text) == Finding(kind, None)


@pytest.mark.parametrize("text", ["blue", "lamp blue", "bluelamp", "the blue. lamp", "full moon"])
def test_parts_and_other_orders_are_not(text: str) -> None:
    assert SCREEN.look(text) is None


def test_the_built_in_rules_stay_whatever_a_site_adds() -> None:
    plain = Screen(("en", "es"))
    for text in ("he is hitting me right now", "i want to kill myself", "EXIT", "salir", "0"):
        assert SCREEN.look(text) == plain.look(text) != None  # noqa: E711 both, and the same
    found = SCREEN.look("i want to kill myself, blue lamp")
    assert found is not None and found.kind is Kind.DANGER  # life comes first, as among the rules


@pytest.mark.parametrize("word", ["(me) <he> ..", "a/b", "# *"])
def test_no_sign_of_the_notation_means_anything(word: str) -> None:
    if not any(map(str.isalnum, word)):
        with pytest.raises(SiteError):
            parse_danger_words(HERE, {"danger": {"child": [word]}})
        return
    screen = Screen(("en",), (), parse_danger_words(HERE, {"danger": {"child": [word]}}))
    plain = "".join(c if c.isalnum() else " " for c in word)
    assert screen.look(plain) == Finding(Kind.CHILD, None)
    assert screen.look("hello you") is None


@pytest.mark.parametrize(
    "untrusted",
    [5, {"fire": ["x"]}, {"child": "x"}, {"child": [5]}, {"child": [""]}, {"child": ["x" * 61]},
     {"child": ["x"] * 201}],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_refused(untrusted: object) -> None:
    with pytest.raises(SiteError, match="danger"):
        parse_danger_words(HERE, {"danger": untrusted})


@pytest.mark.parametrize("word", ["stop", "HELP", "human", "!!", "forget me"])
def test_a_word_that_means_something_else_ends_nothing(word: str) -> None:
    with pytest.raises(SiteError, match="exit_words"):
        parse_exit_words(HERE, {"languages": ["en", "es"], "exit_words": [word]})
