"""The note for a navigator: what strikes a line, what changes it, and what is neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.handoff_note import (
    LONGEST_LINE,
    MOST_LINES,
    Edit,
    next_lines,
    parse_edit,
    render_line,
    render_note,
)

LINES = ["You: he has my passport", "Looks for: legal help", "Near: Alder Falls"]


@pytest.mark.parametrize("text", ["a", " A ", "a.", "A)", "a:"])
def test_a_letter_strikes_its_line(text: str) -> None:
    edit = parse_edit(text, LINES)
    assert edit == Edit(0)
    assert next_lines(LINES, edit) == LINES[1:]


@pytest.mark.parametrize("text", ["b: a lawyer", "B) a lawyer", "b -  a   lawyer", "b=a lawyer"])
def test_a_letter_and_words_change_its_line(text: str) -> None:
    edit = parse_edit(text, LINES)
    assert edit == Edit(1, "a lawyer")
    assert next_lines(LINES, edit) == [LINES[0], "a lawyer", LINES[2]]


@pytest.mark.parametrize(
    "text", ["a dog barks", "a mi me gusta", "d", "d: more", "all of it", "", "1", "aa", "be quick"]
)
def test_anything_else_is_no_change(text: str) -> None:
    assert parse_edit(text, LINES) is None


@given(st.text(), st.lists(st.text(min_size=1), max_size=MOST_LINES))
def test_whatever_is_written_the_note_stays_short_and_on_lines(text: str, lines: list[str]) -> None:
    edit = parse_edit(text, lines)
    after = next_lines(lines, edit) if edit else lines
    assert len(after) <= len(lines)
    if edit:
        assert len(edit.words) <= LONGEST_LINE
        assert "\n" not in edit.words


def test_the_person_sees_each_line_under_its_letter() -> None:
    assert render_note(LINES)[2] == "C. Near: Alder Falls"
    assert render_line("  two\n lines ") == "two lines"
