"""The pattern files can be reviewed, and mistakes in them are named."""

from __future__ import annotations

import pytest

from bot.care.errors import BadPattern
from bot.care.phrases import is_same_word, parse_phrase
from bot.care.rulebook import find_rulebook, parse_rulebook


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_rule_says_why_it_is_there(language: str) -> None:
    rules = find_rulebook(language).rules
    assert rules
    assert all(len(rule.why.split()) >= 4 for rule in rules)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_phrase_can_match_everything(language: str) -> None:
    book = find_rulebook(language)
    phrases = [
        phrase for rule in book.rules for phrase in (*rule.say, *rule.unless, *rule.never_with)
    ]
    assert phrases
    for phrase in phrases:
        needed = [
            p for p in phrase.split() if p[0] != "(" and p[-1] != "*" and p not in {"..", "."}
        ]
        assert needed, phrase


@pytest.mark.parametrize(
    "text",
    ["not toml", '[[rule]]\nkind = "danger"', '[[rule]]\nkind="x"\nwhy="y"\nsay=[]',
     '[exactly]\nwhatever = ["x"]'],
)  # fmt: skip
def test_a_broken_file_is_named(text: str) -> None:
    with pytest.raises(BadPattern):
        parse_rulebook(text)


def test_an_unknown_group_is_named() -> None:
    with pytest.raises(BadPattern, match="nobody"):
        parse_phrase("hello <nobody>", {})


@pytest.mark.parametrize(
    ("typed", "meant", "same"),
    [
        ("breakng", "breaking", True),
        ("hitting", "hitting", True),
        ("hittign", "hitting", True),
        ("strangeld", "strangled", True),
        ("bill", "kill", False),
        ("kil", "kill", False),
        ("bleeding", "needing", False),
        ("gum", "gun", False),
        ("saturando", "sangrando", False),
        ("unconcsiuos", "unconscious", True),
    ],
)
def test_typing_mistakes_are_forgiven_in_long_words_only(
    typed: str, meant: str, same: bool
) -> None:
    assert is_same_word(typed, meant) is same
