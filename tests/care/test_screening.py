"""What a check-in adds up to, and that nobody is ever told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.care.screening import (
    GAD2,
    HOW_OFTEN,
    PCPTSD5,
    PHQ2,
    PTSD_GATE,
    YES_NO,
    Screening,
    is_worrying,
    score_screening,
)
from bot.settings import ROOT

CONTENT = ROOT / "data" / "journeys" / "check_in.yml"
#: What a number about a person, or the name of an illness, would be called. "Depressed" and
#: "anxious" are in the items themselves; "no score" is what the start promises.
PROMISES = ("i give no score", "no doy puntaje")
SCORE_WORDS = re.compile(
    r"\b(scor|point|cut-?off|threshold|result|positive|negative|mild|moderate|severe|symptom|"
    r"disorder|ptsd|phq|gad-?\d|punt(os?|aje|uaci)|umbral|resultado|positiv|negativ|leve|grave|"
    r"moderad|síntoma|sintoma|trastorno|tept|\d+ (of|de) \d+)"
)


def _answers(items: tuple[str, ...], *values: int) -> dict[str, str]:
    worth = YES_NO if items == PCPTSD5 else HOW_OFTEN
    names = {number: name for name, number in worth.items()}
    return {item: names[value] for item, value in zip(items, values, strict=False)}


def _shock(*values: int) -> dict[str, str]:
    return {PTSD_GATE: "yes", **_answers(PCPTSD5, *values)}


def test_nothing_answered_is_nothing_known() -> None:
    assert score_screening({}, woman=None) == Screening(None, None, None, is_high=False)


def test_totals_add_the_items_up() -> None:
    answers = {**_answers(PHQ2, 2, 0), **_answers(GAD2, 1, 1), **_shock(1, 0, 1, 0, 1)}
    assert score_screening(answers, woman=None) == Screening(2, 2, 3, is_high=False)


@pytest.mark.parametrize("items", [PHQ2, GAD2])
@pytest.mark.parametrize(("values", "high"), [((1, 1), False), ((2, 1), True), ((0, 3), True)])
def test_mood_and_worry_are_high_from_three(
    items: tuple[str, ...], values: tuple[int, int], high: bool
) -> None:
    assert score_screening(_answers(items, *values), woman=None).is_high is high


@pytest.mark.parametrize(
    ("yeses", "woman", "high"),
    [(4, None, True), (4, False, True), (3, None, False), (3, False, False), (3, True, True),
     (2, True, False)],
)  # fmt: skip
def test_shock_is_high_from_four_and_for_women_from_three(
    yeses: int, woman: bool | None, high: bool
) -> None:
    answers = _shock(*[1] * yeses, *[0] * (5 - yeses))
    assert score_screening(answers, woman=woman).is_high is high


def test_a_no_at_the_gate_ends_it_whatever_stood_there_before() -> None:
    screening = score_screening({**_shock(1, 1, 1, 1, 1), PTSD_GATE: "no"}, woman=True)
    assert (screening.pcptsd5, screening.is_high) == (0, False)


def test_a_skipped_item_leaves_no_total_but_hides_nothing() -> None:
    few = score_screening(_shock(1, 1), woman=True)
    enough = score_screening({**_shock(1, 1, 1, 1), **_answers(PHQ2, 1)}, woman=None)
    assert (few.pcptsd5, few.is_high) == (None, False)
    assert (enough.phq2, enough.pcptsd5, enough.is_high) == (None, None, True)


def test_an_option_that_the_content_has_lost_counts_as_missing() -> None:
    assert score_screening({"phq_interest": "often", "phq_down": "several_days"}, None).phq2 is None


@given(st.dictionaries(st.sampled_from([*PHQ2, *GAD2]), st.sampled_from([*HOW_OFTEN])), st.data())
def test_feeling_worse_never_turns_high_into_not_high(
    answers: Mapping[str, str], data: st.DataObject
) -> None:
    if not answers or not score_screening(answers, None).is_high:
        return
    worse = dict(pairwise(HOW_OFTEN))
    item = data.draw(st.sampled_from(sorted(answers)))
    raised = {**answers, item: worse.get(answers[item], answers[item])}
    assert score_screening(raised, None).is_high


@pytest.mark.parametrize(
    ("answers", "worrying"),
    [({}, False), ({"feel_today": "hard", "feel_safe": "not_really"}, False),
     ({"feel_today": "good", "feel_safe": "no"}, True), ({"feel_today": "very_bad"}, True),
     ({"went": "no", "helped": "no", "safe_now": "yes"}, False), ({"safe_now": "no"}, True)],
)  # fmt: skip
def test_a_person_is_offered_after_a_no_to_safe_and_on_the_worst_days(
    answers: Mapping[str, str], worrying: bool
) -> None:
    assert is_worrying(answers) is worrying


def test_the_content_has_the_items_and_options_that_are_scored() -> None:
    questions = {
        one["id"]: one
        for section in yaml.safe_load(CONTENT.read_text(encoding="utf-8"))["sections"]
        for one in section["questions"]
    }
    for item in (*PHQ2, *GAD2):
        assert [option["id"] for option in questions[item]["options"]] == list(HOW_OFTEN)
    assert all(questions[item]["kind"] == "yes_no" for item in (PTSD_GATE, *PCPTSD5))
    worst = {name: one["options"][-1]["id"] for name, one in questions.items() if "options" in one}
    assert is_worrying({"feel_today": worst["feel_today"]})
    assert is_worrying({"feel_safe": worst["feel_safe"]})


def test_no_sentence_speaks_of_a_score() -> None:
    said = list(_sentences())
    assert len(said) > 50
    told = [text for text in said if SCORE_WORDS.search(_without_promise(text))]
    assert not told
    assert sum(_without_promise(text) != text.lower() for text in said) == len(PROMISES)


def _without_promise(text: str) -> str:
    text = text.lower()
    for promise in PROMISES:
        text = text.replace(promise, "")
    return text


def _sentences() -> Iterator[str]:
    """All that is said in a check-in and in "did it help?", and at the end of both."""
    for name in ("check_in", "helped"):
        journey = yaml.safe_load(CONTENT.with_stem(name).read_text(encoding="utf-8"))
        yield from _spoken(journey["start"])
        yield from _spoken(journey["sections"])
    for file in (ROOT / "data" / "responses").glob("*.yml"):
        responses = yaml.safe_load(file.read_text(encoding="utf-8"))["responses"]
        for name, variants in responses.items():
            if name.startswith(("utter_check_in", "utter_helped")):
                yield from (" ".join(variant["text"].split()) for variant in variants)


def _spoken(content: Any) -> Iterator[str]:
    if isinstance(content, list):
        for one in content:
            yield from _spoken(one)
    elif isinstance(content, dict):
        yield from (" ".join(content[lang].split()) for lang in ("en", "es") if lang in content)
        for one in content.values():
            yield from _spoken(one)
