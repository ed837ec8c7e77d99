"""Every journey as people wrote it: whole in both languages, short, plain, and without pressure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import textstat
import yaml

from bot.journeys.content import KINDS, YES_NO
from bot.settings import ROOT
from bot.wire.choices import plain
from bot.wire.segments import count_segments, is_gsm7
from bot.wire.turns import Option, Reply
from channels.twilio import render

FILES = sorted((ROOT / "data" / "journeys").glob("*.yml"))
LANGUAGES = ("en", "es")
GRADE, MOST_SEGMENTS, LONGEST_TITLE = 6, 2, 22
#: The grade of two or three words is that of the longest of them, and says nothing.
FEWEST_WORDS = 4
FEWEST_OPTIONS, MOST_OPTIONS = 2, 8
#: Letters that the channel writes without their accent; all others are to be plain from the start.
SHORTENED = str.maketrans("áíóúÁÍÓÚ", "aiouAIOU")
Content = dict[str, Any]

#: What the house itself puts beside a question.
AROUND = yaml.safe_load((ROOT / "data" / "phrases" / "journeys.yml").read_text(encoding="utf-8"))

_OFTEN = "Over the last 2 weeks, how often have you been bothered by this problem: "
_MONTH = "In the past month, have you "
#: Wording of PHQ-2, GAD-2 and PC-PTSD-5, which was validated as it stands: not ours to simplify.
VALIDATED = {
    "phq_interest": _OFTEN + "little interest or pleasure in doing things?",
    "phq_down": _OFTEN + "feeling down, depressed, or hopeless?",
    "gad_nervous": _OFTEN + "feeling nervous, anxious, or on edge?",
    "gad_worry": _OFTEN + "not being able to stop or control worrying?",
    "ptsd_gate": (
        "Sometimes things happen to people that are unusually or especially frightening, "
        "horrible, or traumatic. Have you ever experienced this kind of event?"
    ),
    "ptsd_dreams": _MONTH
    + "had nightmares about the event(s) or thought about the event(s) when you did not want to?",
    "ptsd_avoid": _MONTH
    + "tried hard not to think about the event(s) or went out of your way to avoid situations "
    "that reminded you of the event(s)?",
    "ptsd_guard": _MONTH + "been constantly on guard, watchful, or easily startled?",
    "ptsd_numb": _MONTH + "felt numb or detached from people, activities, or your surroundings?",
    "ptsd_guilt": _MONTH
    + "felt guilty or unable to stop blaming yourself or others for the event(s) or any problems "
    "the event(s) may have caused?",
}
#: Answers in either half of the scale; the standard titles of PHQ-2 and GAD-2.
HOW_OFTEN = ["Not at all", "Several days", "More than half the days", "Nearly every day"]

#: Pressure, blame, and promises that nobody can keep.
UNKIND = re.compile(
    r"you should|you must|you have to(?! say)|always confidential|you are safe here|"
    r"why didn.?t you|why did you|you need to|calm down|leave (him|her|them)|confront|"
    r"deberías|debes (?=\w+[aei]r\b)|(?<!no )(?<!nunca )tienes que|siempre confidencial|"
    r"aquí estás a salvo|por qué no|cálmate|enfrenta|déjal[oae]"
)
#: What would lead to a person; a plan may name it only to say that it is not needed.
IDENTIFYING = re.compile(r"(?<!no )(address|full name)|(?<!sin )(dirección|nombre completo)")


def _load(file: Path) -> Content:
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))


JOURNEYS = {file.stem: _load(file) for file in FILES}
PLAN = JOURNEYS["safety_plan"]


def _questions(journey: Content) -> list[Content]:
    return [one for section in journey["sections"] for one in section["questions"]]


QUESTIONS = [
    pytest.param(journey, one, id=f"{name}-{one['id']}")
    for name, journey in JOURNEYS.items()
    for one in _questions(journey)
]


def _texts(journey: Content) -> Iterator[tuple[str, Content]]:
    """Every sentence text, both languages at once, with a name for it."""
    for part in ("start", "menu"):
        if part in journey:
            yield part, journey[part]
    for one in _questions(journey):
        for part in ("ask", "after", "line"):
            if part in one:
                yield f"{one['id']} {part}", one[part]


TEXTS = [
    pytest.param(texts, id=f"{name}-{part.replace(' ', '-')}")
    for name, journey in JOURNEYS.items()
    for part, texts in _texts(journey)
]


def _one_line(text: str) -> str:
    return " ".join(text.replace("{answer}", "").split())


def _around(language: str, name: str) -> str:
    return str(AROUND[language]["options"][name])


def _reply(question: Content, language: str) -> Reply:
    """The question as it is put, with what the house adds."""
    titles = [option["title"][language] for option in question.get("options", ())]
    if question["kind"] == "yes_no":
        titles = [title[language] for title in YES_NO.values()]
    if question.get("skip", True):
        titles.append(_around(language, "skip"))
    options = tuple(Option(title, "") for title in titles)
    return Reply(_one_line(question["ask"][language]), options)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file_says_what_it_is_and_whether_it_was_reviewed(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Review: ")
    assert any(line.startswith("# ") for line in lines[1:5])
    assert JOURNEYS[file.stem]["journey"] == file.stem


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_ids_are_plain_and_stand_once(journey: Content) -> None:
    ids = [one["id"] for one in _questions(journey)]
    sections = [one["id"] for one in journey["sections"]]
    assert len(set(ids)) == len(ids)
    assert len(set(sections)) == len(sections)
    assert all(re.fullmatch("[a-z_]+", name) for name in (*ids, *sections))


@pytest.mark.parametrize("texts", TEXTS)
def test_text_is_there_in_both_languages_with_the_same_blank(texts: Content) -> None:
    assert set(texts) == set(LANGUAGES)
    assert all(_one_line(text) for text in texts.values())
    assert len({re.findall(r"\{.*?\}", text) == ["{answer}"] for text in texts.values()}) == 1


@pytest.mark.parametrize("texts", TEXTS)
def test_text_fits_two_segments(texts: Content) -> None:
    for text in map(_one_line, texts.values()):
        assert is_gsm7(text.translate(SHORTENED)), "one such letter halves what a segment holds"
        assert count_segments(render(Reply(text))).count <= MOST_SEGMENTS


@pytest.mark.parametrize("texts", TEXTS)
def test_text_is_without_pressure_or_blame(texts: Content) -> None:
    assert not [text for text in texts.values() if UNKIND.search(_one_line(text).lower())]


@pytest.mark.parametrize("texts", TEXTS)
def test_english_reads_at_sixth_grade_or_below(texts: Content) -> None:
    text = _one_line(texts["en"])
    for wording in VALIDATED.values():
        text = text.replace(wording, "")
    if len(text.split()) >= FEWEST_WORDS:
        assert textstat.automated_readability_index(text) <= GRADE


@pytest.mark.parametrize(("journey", "question"), QUESTIONS)
def test_question_with_its_options_fits_two_segments(journey: Content, question: Content) -> None:
    for language in LANGUAGES:
        assert count_segments(render(_reply(question, language))).count <= MOST_SEGMENTS


@pytest.mark.parametrize(("journey", "question"), QUESTIONS)
def test_question_is_of_a_known_kind_and_has_options_if_it_needs_them(
    journey: Content, question: Content
) -> None:
    assert question["kind"] in KINDS
    options = question.get("options", [])
    assert bool(options) == (question["kind"] in {"choice", "desk"})
    if options:
        assert FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS
        ids = [option["id"] for option in options]
        assert len(set(ids)) == len(ids)
        assert all(isinstance(name, str) for name in ids), "YAML takes a bare yes or no for a truth"


@pytest.mark.parametrize(("journey", "question"), QUESTIONS)
def test_an_option_in_words_is_not_taken_for_another(journey: Content, question: Content) -> None:
    for language in LANGUAGES:
        said = [f" {plain(one['title'][language])} " for one in question.get("options", ())]
        inside = [(a, b) for a in said for b in said if a is not b and a in b]
        assert not inside


@pytest.mark.parametrize(("journey", "question"), QUESTIONS)
def test_condition_names_an_earlier_question_and_its_answers(
    journey: Content, question: Content
) -> None:
    questions = {one["id"]: one for one in _questions(journey)}
    earlier = list(questions)[: list(questions).index(question["id"])]
    for name, answers in question.get("when", {}).items():
        assert name in earlier
        options = [option["id"] for option in questions[name].get("options", ())]
        allowed = ["yes", "no"] if questions[name]["kind"] == "yes_no" else options
        assert answers
        assert set(answers) <= set(allowed)


@pytest.mark.parametrize(("journey", "question"), QUESTIONS)
def test_only_a_consent_can_not_be_skipped(journey: Content, question: Content) -> None:
    if "agree" in question["id"]:
        assert question["kind"] == "yes_no"
    elif journey["journey"] in {"safety_plan", "check_in", "helped"}:
        assert question.get("skip", True)


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_section_titles_are_short_and_differ(journey: Content) -> None:
    for language in LANGUAGES:
        titles = [plain(one["title"][language]) for one in journey["sections"]]
        assert len(set(titles)) == len(titles)
        assert all(0 < len(one["title"][language]) <= LONGEST_TITLE for one in journey["sections"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_of_the_plan_fits_two_segments(language: str) -> None:
    titles = [one["title"][language] for one in PLAN["sections"]]
    titles = [_around(language, "short"), *titles, _around(language, "done")]
    reply = Reply(_one_line(PLAN["menu"][language]), tuple(Option(one, "") for one in titles))
    assert count_segments(render(reply)).count <= MOST_SEGMENTS


def test_plan_has_its_parts_in_order_each_useful_alone() -> None:
    assert [one["id"] for one in PLAN["sections"]] == [
        "now", "leaving", "after", "work", "family", "phone", "papers", "people", "job", "feelings",
    ]  # fmt: skip
    for section in PLAN["sections"]:
        questions = section["questions"]
        assert 3 <= len(questions) <= 5
        assert all(one["id"].startswith(f"{section['id']}_") for one in questions)
        assert sum("after" in one for one in questions) <= 1
        within = {one["id"] for one in questions}
        assert all(set(one.get("when", {})) <= within for one in questions)


def test_short_plan_is_five_questions_that_need_no_other() -> None:
    short = [one for one in _questions(PLAN) if one.get("short")]
    assert [one["id"] for one in short] == [
        "now_room", "papers_take", "people_place", "people_who", "people_word",
    ]  # fmt: skip
    assert not any("when" in one for one in short)


def test_every_answer_of_the_plan_is_read_back() -> None:
    assert all("{answer}" in one["line"]["en"] for one in _questions(PLAN))


def test_plan_needs_no_name_and_no_address() -> None:
    asked = [text.lower() for one in _questions(PLAN) for text in one["ask"].values()]
    assert not [text for text in asked if IDENTIFYING.search(_one_line(text))]
    assert sum("no address" in text or "sin dirección" in text for text in asked) == len(LANGUAGES)


def test_check_in_keeps_the_validated_wording() -> None:
    questions = {one["id"]: one for one in _questions(JOURNEYS["check_in"])}
    for name, wording in VALIDATED.items():
        assert _one_line(questions[name]["ask"]["en"]).endswith(wording)
        if name.startswith(("phq", "gad")):
            assert [one["title"]["en"] for one in questions[name]["options"]] == HOW_OFTEN
        elif name != "ptsd_gate":
            assert questions[name]["when"] == {"ptsd_gate": ["yes"]}


def test_start_of_the_check_in_says_what_it_is_not() -> None:
    start = {language: _one_line(text) for language, text in JOURNEYS["check_in"]["start"].items()}
    for said in ("only if you want", "not a test", "not a diagnosis", "no score", "Skip any"):
        assert said in start["en"]
    for said in ("solo si quieres", "examen", "diagnóstico", "no doy puntaje", "Salta"):
        assert said in start["es"]
