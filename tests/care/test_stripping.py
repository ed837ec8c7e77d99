"""A message that is kept to learn from is stripped of whatever could tell whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.care.stripping import (
    FEWEST_WORDS,
    GAP,
    LONGEST,
    find_named,
    split_words,
    strip_message,
)
from bot.flows.content import SHIPPED
from bot.flows.vocabulary import FEWEST_EXAMPLES, load_vocabulary

KNOWN = {language: load_vocabulary(SHIPPED, language) for language in ("en", "es")}
ANY_KNOWN = KNOWN["en"] | KNOWN["es"]


@pytest.mark.parametrize(
    ("language", "typed", "kept"),
    [
        ("en", "Can they take my dog too if I go there?", "can they take my dog too if i go there"),
        ("en", "what happens to my stuff quillfeather", "what happens to my stuff …"),
        ("en", "can you call Mark for me please", "can you call … for me please"),
        ("en", "can you call mark for me please", "can you call … for me please"),
        ("en", "my name is rose bush can you help me", "my name is … can you help me"),
        ("en", "do you know zeb@mail.com or www.zeb.example at all", "do you know … or … at all"),
        ("en", "can i come at 10:30 or on the 5th then", "can i come at … or on the … then"),
        ("en", "can you call me at five five one two please", "can you call me at … please"),
        ("en", "they call me z e b e, but can you help", "they call me … but can you help"),
        ("en", "ask @zebedee what they do with my car", "ask … what they do with my car"),
        ("es", "¿Puedo llevar a mi perro al refugio?", "puedo llevar a mi perro al refugio"),
        ("es", "me llamo Zebedea Pérez y quiero llevar a mi perro",
         "me llamo … y quiero llevar a mi perro"),
        ("es", "puedo llevar a mi perro a Tijuana o no", "puedo llevar a mi perro a … o no"),
    ],
)  # fmt: skip
def test_only_words_of_many_examples_stay(language: str, typed: str, kept: str) -> None:
    assert strip_message(typed, KNOWN[language]) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "help me",
        "blorp fnord gleeb wizzle",
        "zebedee quillfeather xylo took my car",
        "I NEED TO SEE MY MOM",  # nobody can tell which of these is a name
        "can you help me with my dog " * 8,
    ],
)
def test_what_is_a_riddle_or_a_story_is_not_kept_at_all(typed: str) -> None:
    assert strip_message(typed, KNOWN["en"]) is None


def test_what_is_pointed_at_goes_whatever_its_words_are() -> None:
    text = "can i come to your house with my dog in it"
    start, end = text.index("house"), text.index(" my")
    kept = strip_message(text, KNOWN["en"], [(start + 2, end)])
    assert kept == "can i come to your … my dog in it"


def test_a_name_of_many_words_leaves_one_gap() -> None:
    kept = strip_message("can i bring a qwu zib fnordle to your house then", KNOWN["en"])
    assert kept == "can i bring a … to your house then"


def test_a_word_is_known_by_three_examples_of_its_language_and_not_by_one_that_repeats_it(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data" / "nlu" / "en"
    folder.mkdir(parents=True)
    lines = ["often rare rare rare", "Often", "so often", "seldom", "seldom", "seldom"]
    written = {"nlu": [{"intent": "x", "examples": "".join(f"- {line}\n" for line in lines)}]}
    (folder / "x.yml").write_text(yaml.safe_dump(written), encoding="utf-8")
    assert load_vocabulary(tmp_path, "en") == {"often"}
    assert load_vocabulary(tmp_path, "es") == frozenset()
    assert FEWEST_EXAMPLES == 3


CANARIES = st.sampled_from(
    [
        "Zebedee",
        "xylographer7731",
        "541-555-0101",
        "٥٥٥٠١٠١",
        "½",
        "z@b.example",
        "h\u200bim",
        "e\u0301l",
    ]
)
NAMES = st.sampled_from(sorted(ANY_KNOWN & find_named()))
WORDS = st.one_of(st.sampled_from(sorted(ANY_KNOWN)), CANARIES, NAMES, st.text(max_size=8))
MESSAGES = st.one_of(
    st.text(max_size=LONGEST + 20),
    st.lists(WORDS, max_size=30).map(" ".join),
    st.lists(st.sampled_from(sorted(ANY_KNOWN)), min_size=5, max_size=20).map(" ".join),
)


@given(MESSAGES)
@example("can you help me with the ² of my dog")
@example("can you help me with İstanbul and my dog")
def test_no_digit_and_no_other_word_ever_survives(typed: str) -> None:
    for known in KNOWN.values():
        kept = strip_message(typed, known)
        if kept is None:
            continue
        words = kept.split(" ")
        assert set(words) <= known | {GAP}
        assert not set(words) & find_named()
        assert not any(sign.isnumeric() for sign in kept)
        assert sum(word != GAP for word in words) >= FEWEST_WORDS
        assert f"{GAP} {GAP}" not in kept


@given(st.lists(WORDS, min_size=1, max_size=12), st.integers(0, 11))
def test_a_word_that_is_taken_out_has_left_no_trace(words: list[str], which: int) -> None:
    """Whatever the word was, what is kept is the same."""
    plain = [one if one.strip() and not any(map(str.isspace, one)) else "help" for one in words]
    at = which % len(plain)

    def strip(word: str) -> str | None:
        before = " ".join([*plain[:at], ""])
        span = (len(before), len(before) + len(word))
        return strip_message(" ".join([*plain[:at], word, *plain[at + 1 :]]), ANY_KNOWN, [span])

    assert strip("fnord") == strip("7731") == strip("please")


@given(st.lists(st.sampled_from(sorted(ANY_KNOWN)), min_size=1, max_size=10))
def test_a_vocabulary_reads_words_as_the_stripping_does(words: list[str]) -> None:
    assert list(split_words(" ".join(words))) == words
