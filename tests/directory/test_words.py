"""Languages and needs, read from the words of other directories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.languages import parse_language
from bot.directory.needs import NEEDS, parse_needs


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Spanish", "es"),
        (" ESPAÑOL ", "es"),
        ("es", "es"),
        ("es-MX", "es"),
        ("es_US", "es"),
        ("spa", "es"),
        ("eng", "en"),
        ("English", "en"),
        ("American Sign Language", "ase"),
        ("asl", "ase"),
        ("Mandarin", "cmn"),
        ("zho", "zh"),
        ("hmn", "hmn"),
        ("Haitian Creole", "ht"),
    ],
)
def test_language_is_known_by_name_and_code(said: str, code: str) -> None:
    assert parse_language(said) == code


@pytest.mark.parametrize("said", ["", " ", "Klingon", "many", "e5", "-", "русский", "日本語"])
def test_other_words_are_no_language(said: str) -> None:
    assert parse_language(said) is None


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        ("Emergency shelter", ("housing",)),
        ("albergue para mujeres", ("housing",)),
        ("Free medical CLINIC", ("health",)),
        ("Trauma counseling", ("counselling",)),
        ("Counselling", ("counselling",)),
        ("consejería en español", ("counselling",)),
        ("Protective order help", ("legal",)),
        ("Food pantry", ("food",)),
        ("Bus rides", ("transport",)),
        ("Job training", ("money",)),
        ("Child care", ("children",)),
        ("Asylum and visa help", ("papers",)),
        ("Alcohol and drug recovery", ("substance",)),
        ("Support groups", ("peer",)),
        ("Crisis line", ("talk",)),
        ("Housing; legal aid; meals", ("housing", "legal", "food")),
        ("Houses of worship", ()),
        ("Foodie magazine", ()),
        ("Mobius therapyx", ()),
        ("", ()),
    ],
)
def test_needs_are_suggested_by_words(words: str, needs: tuple[str, ...]) -> None:
    assert parse_needs([], [words]) == needs


def test_own_terms_say_outright_what_words_only_suggest() -> None:
    assert parse_needs(["need-legal", "need-food"], ["Housing clinic"]) == ("legal", "food")


def test_unknown_terms_leave_it_to_the_words() -> None:
    assert parse_needs(["need-unicorns", "BD-1800"], ["Food pantry"]) == ("food",)


def test_words_do_not_run_together() -> None:
    assert parse_needs([], ["support", "group"]) == ()


def test_each_need_has_a_word_of_its_own() -> None:
    suggested = {need for need in NEEDS if need in parse_needs([f"need-{need}"], [])}
    assert suggested == set(NEEDS)
    assert len(NEEDS) == 12


@given(st.lists(st.text()), st.lists(st.text()))
def test_any_words_give_known_needs(terms: list[str], words: list[str]) -> None:
    assert set(parse_needs(terms, words)) <= set(NEEDS)
