"""Any sequence of answers, skips and ways back leaves a journey where it can go on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.journeys.content import Journey, load_journey, load_journeys
from bot.journeys.errors import BadJourney
from bot.journeys.progress import (
    SHORT,
    Progress,
    change_answer,
    choose_scope,
    find_answered,
    find_open_question,
    go_back,
    skip_question,
    start_journey,
    take_answer,
)
from bot.settings import ROOT

JOURNEYS = load_journeys(ROOT / "data" / "journeys")
#: What a person may do: an answer, a skip, one back, a part, another line, or a break.
MOVES = st.sampled_from(["yes", "no", "words", "skip", "back", "short", "part", "change", "break"])

TWO = """
sections:
- id: home
  title: {en: Home}
  questions:
  - {id: kids, kind: yes_no, short: true, ask: {en: "Kids?"}}
  - {id: school, kind: words, when: {kids: ["yes"]}, ask: {en: "School?"}, line: {en: "{answer}"}}
  - {id: bag, kind: words, ask: {en: "Bag?"}, line: {en: "Bag {answer}"}}
"""


@pytest.fixture
def journey(tmp_path: Path) -> Journey:
    path = tmp_path / "two.yml"
    path.write_text(TWO, encoding="utf-8")
    return load_journey(path)


def test_a_question_that_does_not_apply_is_left_out(journey: Journey) -> None:
    progress = take_answer(journey, start_journey(journey), "no")
    assert progress.at == "bag"
    assert take_answer(journey, start_journey(journey), "yes").at == "school"


def test_an_answer_whose_reason_is_gone_is_not_read_back(journey: Journey) -> None:
    progress = start_journey(journey)
    for answer in ("yes", "lake school", "blue bag"):
        progress = take_answer(journey, progress, answer)
    changed = take_answer(journey, change_answer(progress, "kids"), "no")
    assert [one.id for one, _ in find_answered(journey, changed)] == ["kids", "bag"]
    assert changed.at is None


def test_back_asks_the_question_before_and_keeps_its_answer_until_there_is_another(
    journey: Journey,
) -> None:
    progress = go_back(take_answer(journey, start_journey(journey), "yes"))
    assert (progress.at, progress.answers["kids"]) == ("kids", "yes")
    assert go_back(progress) == progress


def test_what_was_skipped_is_asked_again_when_its_part_is_chosen(journey: Journey) -> None:
    skipped = skip_question(journey, start_journey(journey))
    assert skipped.at == "bag"
    assert choose_scope(journey, skipped, "home").at == "kids"
    assert choose_scope(journey, skipped, SHORT).at == "kids"


def test_a_journey_with_an_unknown_kind_of_question_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "odd.yml"
    path.write_text(TWO.replace("yes_no", "riddle"), encoding="utf-8")
    with pytest.raises(BadJourney, match="riddle"):
        load_journey(path)


@pytest.mark.parametrize("name", sorted(JOURNEYS))
@given(moves=st.lists(st.tuples(MOVES, st.integers(0, 99)), max_size=25))
def test_any_sequence_of_moves_leaves_a_journey_that_goes_on(
    name: str, moves: list[tuple[str, int]]
) -> None:
    journey = JOURNEYS[name]
    progress = start_journey(journey)
    for move, pick in moves:
        before = progress
        progress = _move(journey, progress, move, pick)
        question = find_open_question(journey, progress)
        assert (progress.at is None) == (question is None)
        assert question is None or question.id not in progress.skipped
        assert move in {"yes", "no", "words"} or progress.answers == before.answers
        assert set(progress.answers) <= {one.id for one in journey.questions}


@pytest.mark.parametrize("name", sorted(JOURNEYS))
def test_answering_whatever_is_asked_comes_to_an_end(name: str) -> None:
    journey = JOURNEYS[name]
    progress = start_journey(journey)
    if journey.menu:
        progress = choose_scope(journey, progress, SHORT)
    for _ in journey.questions:
        progress = take_answer(journey, progress, "yes")
    assert progress.at is None


def _move(journey: Journey, progress: Progress, move: str, pick: int) -> Progress:
    match move:
        case "skip":
            return skip_question(journey, progress)
        case "back":
            return go_back(progress)
        case "short":
            return choose_scope(journey, progress, SHORT)
        case "part":
            return choose_scope(
                journey, progress, journey.sections[pick % len(journey.sections)].id
            )
        case "change":
            answered = [one.id for one, _ in find_answered(journey, progress)]
            chosen = answered[pick % len(answered)] if answered else None
            return change_answer(progress, chosen) if chosen else progress
        case "break":
            return Progress.from_json(progress.to_json())
        case answer:
            return take_answer(journey, progress, answer)
