"""Names in texts: found however they are spelled, and gone once they are hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.naming import Names

NAMES = Names([("Casa Álamo", "a"), ("Harbor House", "b"), ("Harbor House Annex", "c")])
_words = st.lists(st.sampled_from(["casa", "ÁLAMO", "alamo", "Harbor", "house", "annex", "…", "."]))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Go to CASA ALAMO.", "Go to …."),
        ("casa-a\u0301lamo", "…"),
        ("The Harbor House’s annex", "The …’s annex"),
        ("Harbor House Annex", "…"),
        ("Harbor Houses, New Harbor Housing", "Harbor Houses, New Harbor Housing"),
        ("Casa", "Casa"),
    ],
)
def test_a_name_is_hidden_as_whole_words(text: str, hidden: str) -> None:
    assert NAMES.hide(text) == hidden


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("Home", False), ("Alamo", False), ("Alamedas", True), ("La Paz", True), ("", False),
        ("Confidential", False), ("Confidential location", False), ("Main Office", False),
    ],
)  # fmt: skip
def test_what_names_nobody_is_no_name(name: str, counts: bool) -> None:
    assert (Names([(name, "a")]).find(f"We run {name} too") == {"a"}) is counts


@given(_words)
def test_nothing_is_named_once_names_are_hidden(words: list[str]) -> None:
    assert NAMES.find(NAMES.hide(" ".join(words))) == frozenset()


def test_towns_and_ids_stay() -> None:
    told = {"id": "Harbor House", "city": "Harbor House", "text": ["At Harbor House", 5, None]}
    assert NAMES.hide_all(told) == {**told, "text": ["At …", 5, None]}
