"""All entities together: any text is answered, soon, and as plain values."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.places import Places
from bot.entities.entity import Entity
from bot.entities.finding import find_entities
from bot.entities.reading import READ_AT_MOST
from tests.entities.conftest import NOW

ORDINARY = [
    "i need a bed for me and my 2 kids tonight in eugene, a woman who speaks spanish pls",
    "necesito abogada de inmigración en salem oregon el martes por la tarde, tengo 3 hijos",
    "he hit me again last night and i dont know where to go with my daughter",
    "tmrw after 3 is good, or thursday morning before 11",
]

#: Words and signs that mean something to one entity or another.
TELLING = ["a", "2", "3", ":", "/", "-", "and", "y", "de", "las", "at", "kids", "my", "son", "no"]


def _find(places: Places, text: str) -> list[Entity]:
    return find_entities(text, now=NOW, places=places, home_state="OR")


def test_everything_in_one_message(places: Places) -> None:
    found = _find(places, ORDINARY[0])
    assert [(entity.kind.value, entity.text) for entity in found] == [
        ("need", "need a bed"),
        ("children", "2 kids"),
        ("time", "tonight"),
        ("town", "eugene"),
        ("language", "spanish"),
    ]


def test_entities_are_json(places: Places) -> None:
    found = [entity.to_json() for text in ORDINARY for entity in _find(places, text)]
    assert json.loads(json.dumps(found)) == found
    assert set(found[0]) == {"kind", "value", "start", "end", "text"}


def test_no_naughty_string_does_harm(places: Places, shared_data: Path) -> None:
    lines = (shared_data / "naughty_strings.jsonl").read_text(encoding="utf-8").split("\n")
    texts = [json.loads(line)["text"] for line in lines if line]
    assert len(texts) == 515
    for text in texts:
        for entity in _find(places, text):
            assert entity.text == text[entity.start : entity.end] != ""


@given(text=st.text(max_size=200))
def test_any_text_is_answered(places: Places, text: str) -> None:
    assert all(entity.end > entity.start for entity in _find(places, text))


@given(words=st.lists(st.sampled_from(TELLING), max_size=40))
def test_any_order_of_telling_words_is_answered(places: Places, words: list[str]) -> None:
    assert isinstance(_find(places, " ".join(words)), list)


@pytest.mark.parametrize(
    "letters", ["ＮＥＸＴ　ＦＲＩ", "ne\u0301xt fri", "n\u200bext fri", "NEXT FRI"]
)
def test_unusual_letters_are_read(places: Places, letters: str) -> None:
    (entity,) = _find(places, f"🙂 {letters} 🙂")
    assert entity.text == letters


def test_what_stands_behind_a_thousand_characters_is_not_read(places: Places) -> None:
    assert _find(places, "x" * READ_AT_MOST + " 2 kids") == []
    assert len(_find(places, "2 kids " + "x " * READ_AT_MOST)) == 1


@pytest.mark.parametrize(
    "again",
    [
        "x",
        "a ",
        "1 ",
        "9",
        "in ",
        "at 1 ",
        "my son and ",
        "mon ",
        "in 2 ",
        "\u0301",
        "ﷺ",
        "de ",
        "1:",
        "  ",
        "no una ",
    ],
)
def test_no_text_is_slow(places: Places, again: str) -> None:
    _find(places, "eugene")
    began = time.process_time()
    _find(places, again * 5_000)
    assert time.process_time() - began < 1
