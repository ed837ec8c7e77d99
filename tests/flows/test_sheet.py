"""Content files change where they are told to, and nowhere else."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.edition import Edition
from bot.flows.places import Place, read_value, write_value
from bot.flows.sheet import NoSuchPlace, Sheet
from bot.settings import ROOT
from bot.written import parse_written

FILES = sorted([*(ROOT / "data").rglob("*.yml"), ROOT / "domain.yml"])
WRITTEN = """\
# Who reads this?
topic:   welcome # the first

ask:
  en: >-
    One
    two.

  # Said in Spanish
  es: 'Uno'
lines: |
  - a
  - b
options:
# the first of them
- title: "Yes"   # as people say
  to: /yes

# the other
- title: Nope
  to: /no
- {title: Later, to: /later}
# The end.
"""


def changed_lines(before: str, after: str) -> list[str]:
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        (("topic",), "start", ["-topic:   welcome # the first", '+topic:   "start" # the first']),
        (("ask", "en"), "Three.", ["-  en: >-", "-    One", "-    two.", '+  en: "Three."']),
        (("ask", "es"), "Él: #1", ["-  es: 'Uno'", '+  es: "Él: #1"']),
        (("lines",), "- a\n- c\n", ["-  - b", "+  - c"]),
        (("options", 0, "title"), "Sure", [
            '-- title: "Yes"   # as people say', '+- title: "Sure"   # as people say',
        ]),
        (("options", 2, "title"), "Soon", [
            "-- {title: Later, to: /later}", '+- {title: "Soon", to: /later}',
        ]),
    ],
)  # fmt: skip
def test_one_value_changes(path: tuple[str | int, ...], value: str, lines: list[str]) -> None:
    sheet = Sheet(WRITTEN).set(path, value)
    assert sheet.read(path) == value
    assert changed_lines(WRITTEN, sheet.text) == lines


def test_long_prose_is_folded_as_the_rest_is() -> None:
    text = "word " * 40 + "end."
    sheet = Sheet(WRITTEN).set(("ask", "en"), text)
    assert sheet.read(("ask", "en")) == text
    assert max(map(len, sheet.text.splitlines())) <= 96
    assert "en: >-" in sheet.text


def test_items_move_with_their_comments() -> None:
    sheet = Sheet(WRITTEN).arrange(("options",), [1, {"title": "Why?", "to": "/why"}, 0])
    assert [one["title"] for one in sheet.read(("options",))] == ["Nope", "Why?", "Yes"]
    assert '- title: "Yes"   # as people say\n  to: /yes\n' in sheet.text
    assert sheet.text.endswith("# The end.\n")
    assert "/later" not in sheet.text


def test_a_value_of_many_parts_can_be_written_anew() -> None:
    options = [{"title": "A", "to": "/a", "say": {"en": "x", "es": "y"}}, {"title": "B", "to": []}]
    sheet = Sheet(WRITTEN).set(("options",), options)
    assert sheet.read(("options",)) == options
    assert sheet.text.endswith("# The end.\n")
    assert Sheet(WRITTEN).set(("ask",), {"en": "?"}).read(("ask",)) == {"en": "?"}


@pytest.mark.parametrize("path", [("x",), ("options", 9), ("ask", "en", "x"), ("topic", 0)])
def test_what_is_not_there_is_not_changed(path: tuple[str | int, ...]) -> None:
    with pytest.raises(NoSuchPlace):
        Sheet(WRITTEN).set(path, "x")


SHARED = """\
first: &name  # how often
- {id: a, title: A}
# the other
- {id: b, title: B}
second:
  options: *name
third: *name
last: here
"""


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        (("third",), ["c"], ["-third: *name", "+third:", '+  - "c"']),
        (("second", "options"), ["c"], ["-  options: *name", "+  options:", '+    - "c"']),
        (("third", 1, "id"), "c", [
            "-third: *name", "+third:", '+  - id: "a"', '+    title: "A"', '+  - id: "c"',
            '+    title: "B"',
        ]),
        (("first", 0, "title"), "C", [
            "-first: &name  # how often", "-- {id: a, title: A}", "+first: # how often",
            '+- {id: a, title: "C"}', "-  options: *name", "+  options: &name", '+    - id: "a"',
            '+      title: "A"', '+    - id: "b"', '+      title: "B"',
        ]),
        (("last",), "there", ["-last: here", '+last: "there"']),
    ],
)  # fmt: skip
def test_what_stands_for_many_changes_in_one_place(
    path: tuple[str | int, ...], value: Any, lines: list[str]
) -> None:
    sheet = Sheet(SHARED).set(path, value)
    assert sheet.read(path) == value
    assert changed_lines(SHARED, sheet.text) == lines
    assert sheet.set(path, Sheet(SHARED).read(path)).read(()) == parse_written(SHARED)


def test_who_named_a_value_can_go_or_move() -> None:
    text = "- &a {x: 1}\n- *a\n- y\n- *a\n"
    for order in ([1, 2, 3], [3, 2, 1, 0], [2, {"x": 3}, 1], [2]):
        wanted = [{"x": 1} if one in (0, 1, 3) else "y" if one == 2 else one for one in order]
        assert Sheet(text).arrange((), order).read(()) == wanted

    shared = "- x: &a [1]\n- x: *a\n- x: *a\n"
    assert Sheet(shared).arrange((), [0, 2]).text == "- x: &a [1]\n- x: *a\n"
    assert Sheet(shared).arrange((), [1, 0, 2]).read(()) == [{"x": [1]}] * 3


@pytest.mark.parametrize("question", ["phq_interest", "phq_down", "gad_nervous", "gad_worry"])
def test_choices_that_questions_share_are_changed_for_one(question: str) -> None:
    place, edition = Place("question", ("check_in", question)), Edition(ROOT)
    before = read_value(edition, place)
    options = [{"id": "never", "title": {"en": "Never", "es": "Nunca"}}, *before["options"][1:]]
    write_value(edition, place, {**before, "options": options})
    questions = {**_questions(edition), question: before}
    assert read_value(edition, place)["options"] == options and questions == _questions(
        Edition(ROOT)
    )
    write_value(edition, place, None)
    assert question not in _questions(edition)
    assert len(_questions(edition)) == len(questions) - 1


def _questions(edition: Edition) -> dict[str, Any]:
    sections = edition.open("data/journeys/check_in.yml").read(("sections",))
    return {
        one["id"]: {"section": section["id"], **one}
        for section in sections
        for one in section["questions"]
    }


def test_what_is_no_yaml_is_refused() -> None:
    with pytest.raises(yaml.YAMLError):
        Sheet("a: [")


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every text of a file."""
    if isinstance(value, str):
        return [path]
    if not isinstance(value, dict | list):
        return []
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    return [place for key, one in pairs for place in places(one, (*path, key))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_any_text_of_ours_can_be_changed_and_changed_back(file: Path) -> None:
    sheet = Sheet(file.read_text(encoding="utf-8"))
    found = places(parse_written(sheet.text))
    for path in found[:: 1 + len(found) // 4]:
        before = sheet.read(path)
        after = "Something else.\n" if before.endswith("\n") else "Something else."
        changed = sheet.set(path, after)
        gone = [line[1:] for line in changed_lines(sheet.text, changed.text) if line[0] == "-"]
        assert not [line for line in gone if line.lstrip().startswith("#")]
        assert changed.set(path, before).read(path) == before


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=300))
def test_any_words_are_kept(words: str) -> None:
    try:
        sheet = Sheet(WRITTEN).set(("ask", "en"), words)
    except (yaml.YAMLError, NoSuchPlace):
        return
    assert sheet.read(("ask", "en")) == words
    assert sheet.text.endswith("# The end.\n")
