"""Referrals: what may follow what, what an agency is told, and how the person is asked."""

from __future__ import annotations

import itertools

import pytest

from bot.care.referrals import (
    ASKED,
    LONGEST,
    NEXT,
    OF_AGENCY,
    OPEN,
    RAN_OUT,
    Content,
    State,
    decide_told,
    may_follow,
    render_question,
)
from bot.settings import ROOT
from bot.written import load_written

WORDS = load_written(ROOT / "data" / "phrases" / "referrals.yml")
LEGAL = Content(name="Ana", need="legal help", reach="mornings")
#: The picture of docs/referrals.md, arrow by arrow.
ARROWS = {
    ("asked", "sent"), ("asked", "refused"), ("asked", "withdrawn"),
    ("sent", "accepted"), ("sent", "declined"), ("sent", "withdrawn"),
    ("accepted", "scheduled"), ("accepted", "completed"), ("accepted", "declined"),
    ("accepted", "withdrawn"),
    ("scheduled", "completed"), ("scheduled", "declined"), ("scheduled", "withdrawn"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    itertools.product(State, repeat=2),
    ids=lambda state: state.value,
)
def test_only_what_is_drawn_may_follow(before: State, after: State) -> None:
    assert may_follow(before, after) == ((before.value, after.value) in ARROWS)


def test_an_agency_cannot_answer_for_the_person() -> None:
    assert not OF_AGENCY & NEXT[State.ASKED]
    assert not OF_AGENCY & {State.SENT, State.REFUSED, State.WITHDRAWN}


def test_an_agency_looks_only_between_the_yes_and_the_end() -> None:
    assert set(NEXT) - {State.ASKED} == OPEN


def test_what_a_navigator_fills_in_is_short_and_on_one_line() -> None:
    content = Content.from_form({"need": " a\n lawyer ", "words": "x" * (LONGEST + 1)})
    assert content == Content(need="a lawyer", words="x" * LONGEST)


def test_a_form_can_not_set_the_agencys_day_or_anything_else() -> None:
    assert Content.from_form({"day": "Tue 3 pm", "state": "sent"}) == Content()


def test_only_what_says_something_is_told_in_the_order_it_is_asked() -> None:
    written = Content(words="w", reach="r", name="n", day="Tue 3 pm")
    assert list(written.filled()) == [("name", "n"), ("reach", "r"), ("words", "w")]
    full = Content(**dict.fromkeys(ASKED, "x"))
    assert tuple(name for name, _ in full.filled()) == ASKED


def test_content_comes_back_from_what_is_kept_and_nothing_else_does() -> None:
    kept = Content(name="Ana", day="Tue 3 pm")
    assert Content.from_json(kept.to_json()) == kept
    with pytest.raises(TypeError):
        Content.from_json({"surname": "Ruiz"})


def test_the_person_sees_every_line_and_then_the_question() -> None:
    assert render_question(WORDS["en"], "Alder Law", LEGAL) == [
        "This is all that Alder Law would get:\n"
        "Name: Ana\nNeed: legal help\nHow to reach you: mornings",
        "May the team pass it on to Alder Law? Reply YES or NO. You get help here either way.",
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_field_and_state_has_words(language: str) -> None:
    assert tuple(WORDS[language]["fields"]) == ASKED
    assert set(WORDS[language]["states"]) == {*(state.value for state in State), *RAN_OUT.values()}
    assert all("Alder" in text for text in render_question(WORDS[language], "Alder", LEGAL))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State.ASKED, "asked"),
        (State.SENT, "ran_out"),
        (State.ACCEPTED, "ran_out"),
        (State.SCHEDULED, "ran_out_after_day"),
        (State.COMPLETED, "completed"),
        (State.DECLINED, "declined"),
    ],
)
def test_only_what_is_open_runs_out(state: State, told: str) -> None:
    assert decide_told(state, released=False) == told
    assert decide_told(state, released=True) == state.value
