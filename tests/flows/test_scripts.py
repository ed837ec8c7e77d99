"""Conversations as they have to go, read from files and held against what is heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.flows.content import SHIPPED
from bot.flows.errors import BadContent
from bot.flows.scripts import (
    ANYTHING,
    FOLDER,
    Script,
    Turn,
    find_difference,
    lay_over,
    load_scripts,
    save_agreed,
)

HELLO = Script("Hello", "en", (Turn("hi", ("utter_a",)), Turn("yes", ("utter_b", "utter_c"))))
OTHERWISE = Script("Hello", "en", (Turn("hi", ("utter_a",)), Turn("yes", ("utter_c",))))


def _write(root: Path, name: str, text: str) -> None:
    file = root / FOLDER / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_word_stays_a_word_and_the_folder_is_the_language(tmp_path: Path) -> None:
    _write(tmp_path, "es/uno.yml", "- name: Uno\n  turns:\n  - says: yes\n    hears: [a, b]\n")
    assert load_scripts(tmp_path) == [Script("Uno", "es", (Turn("yes", ("a", "b")),))]


def test_what_is_agreed_comes_in_the_place_of_what_is_written(tmp_path: Path) -> None:
    _write(tmp_path, "en/z.yml", "- name: Hello\n  turns:\n  - {says: hi, hears: [utter_a]}\n")
    save_agreed(tmp_path, [OTHERWISE])
    assert load_scripts(tmp_path) == [OTHERWISE]
    save_agreed(tmp_path, [HELLO])
    assert load_scripts(tmp_path) == [HELLO]


def test_nobody_agrees_to_have_a_promise_otherwise(tmp_path: Path) -> None:
    text = "- name: Hello\n  turns:\n  - {says: hi, hears: [utter_a]}\n"
    _write(tmp_path, "en/promises.yml", text)
    save_agreed(tmp_path, [OTHERWISE])
    (script,) = load_scripts(tmp_path)
    assert script.promise and script.turns == (Turn("hi", ("utter_a",)),)
    found = {script.key: script}
    lay_over(found, [OTHERWISE])
    assert list(found.values()) == [script]


def test_each_language_has_the_same_promises() -> None:
    kept = [script for script in load_scripts(SHIPPED) if script.promise]
    by_language = {
        language: [
            [(turn.hears, len(turn.words)) for turn in script.turns]
            for script in kept
            if script.language == language
        ]
        for language in ("en", "es")
    }
    assert len(by_language["en"]) == 8
    assert by_language["en"] == by_language["es"]


@pytest.mark.parametrize("text", ["- name: x", "- [", "- {name: x, turns: [{says: hi}]}", "- 1"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    _write(tmp_path, "en/bad.yml", text)
    with pytest.raises(BadContent, match=r"bad\.yml"):
        load_scripts(tmp_path)


def test_the_first_difference_is_told() -> None:
    assert find_difference(HELLO, [("utter_a",), ("utter_b", "utter_c")]) is None
    found = find_difference(HELLO, [("utter_a",), ()])
    assert found is not None and (found.turn, found.says, found.heard) == (2, "yes", ())
    assert str(found) == (
        "'Hello' (en) goes otherwise: after 'yes' one hears nothing and not utter_b, utter_c."
    )


def test_something_is_any_answer_but_no_silence() -> None:
    turn = Turn("hi", ANYTHING)
    assert turn.read(["utter_a", "utter_b"], ["A", "B"], {}) == ANYTHING
    assert turn.read([], [], {}) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("This is an automatic service. Call 911.", ()),
        ("THIS IS AUTOMÁTIC. Call 911.", ()),
        ("I am a program. 911", ()),
        ("Hi. Call 911.", ("not 'automatic / a program'",)),
        ("I am a program.", ("not '{emergency}'",)),
    ],
)
def test_words_have_to_be_heard(text: str, missing: tuple[str, ...]) -> None:
    turn = Turn("hi", ("utter_a",), ("automatic / a program", "{emergency}"))
    assert turn.read(["utter_a"], [text], {"emergency": "911"}) == ("utter_a", *missing)


def test_a_fact_that_the_site_does_not_have_is_not_heard() -> None:
    turn = Turn("hi", ("utter_a",), ("{shelter", "{shelter}"))
    told = ("utter_a", "not '{shelter'", "not '{shelter}'")
    assert turn.read(["utter_a"], ["Call 911."], {"emergency": "911"}) == told


def test_a_turn_survives_its_json() -> None:
    for turn in (Turn("hi", ("a",)), Turn("hi", (), ("b", "c"))):
        assert Turn.from_json(turn.to_json()) == turn
