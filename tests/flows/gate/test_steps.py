"""Ways that lead nowhere, questions that never come, options that are alike."""

from __future__ import annotations

import re

import pytest

from bot.flows.conversation import Rule
from bot.flows.gate import RULES, Content
from bot.flows.gate.steps import SENT
from bot.journeys.content import Question
from bot.settings import ROOT
from tests.flows.gate.writing import ask, both, journey, rule, say, show, write

ANSWERED = rule("says night", "does action_answer")
TITLES = {"a": "Work", "b": "Home"}


def _offer(payload: str) -> Content:
    return write(say("Hi.", options={"Go": payload}), journeys=[journey(ask("bag"))])


@pytest.mark.parametrize(
    ("payload", "blocked"),
    [
        ("/night", False),
        ('/night{"journey": "sleep"}', False),
        ("/day", True),
        ("night", True),
        ("", True),
        ('/night{"journey": "wake"}', True),
        ("/night{journey}", True),
    ],
)
def test_an_option_leads_somewhere(payload: str, blocked: bool) -> None:
    assert bool(list(RULES["dead_end"](_offer(payload)))) is blocked


@pytest.mark.parametrize(
    ("made", "blocked"),
    [
        (ANSWERED, False),
        (rule("says night", "does sleep_form", "asks sleep_form"), False),
        (rule("does sleep_form", "knows nothing", "does utter_night"), False),
        (rule("says night"), True),
        (rule("does action_look", "says night", "knows nothing"), True),
        (rule("says night", "does action_deactivate_loop"), True),
        (rule("says night", "does action_gone"), True),
        (rule("says night", "does utter_gone"), True),
        (rule("says night", "asks gone_form"), True),
    ],
)
def test_a_rule_ends_with_a_word_or_a_question(made: Rule, blocked: bool) -> None:
    content = write(*both("Hi.", "Hola."), rules=[made])
    assert bool(list(RULES["dead_end"](content))) is blocked


def test_what_people_say_is_heard_and_answered() -> None:
    dead_end = RULES["dead_end"]
    words = both("Hi.", "Hola.")
    assert not list(dead_end(write(*words, rules=[ANSWERED], heard=["night"])))
    assert show(dead_end(write(*words, heard=["night"]))) == ["night night"]
    assert show(dead_end(write(rules=[ANSWERED], heard=["night"]))) == ["night night"]
    looks = rule("says night", "does action_look")
    assert not list(dead_end(write(rules=[looks], heard=["night"])))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (write(rules=[ANSWERED], heard=["night"]), []),
        (write(say("Hi.", options={"Go": "/night"})), []),
        (write(intents=["plan", "begin"]), []),
        (write(rules=[rule("says nlu_fallback", "does action_answer")], intents=()), []),
        (write(), ["domain night"]),
        (write(rules=[ANSWERED], intents=()), ["night A night"]),
        (write(heard=["night"], intents=()), ["night night"]),
    ],
)
def test_every_meaning_can_be_meant(content: Content, found: list[str]) -> None:
    assert show(RULES["unreachable_step"](content)) == found


@pytest.mark.parametrize("name", SENT)
def test_what_the_house_is_said_to_send_is_in_its_code(name: str) -> None:
    rooms = ("actions", "worker", "engine", "bot/wire")
    sources = [
        path.read_text(encoding="utf-8") for room in rooms for path in (ROOT / room).glob("*.py")
    ]
    assert any(re.search(rf"""["'`]/?{name}["'`]""", source) for source in sources)


@pytest.mark.parametrize(
    ("questions", "unreachable"),
    [
        ([ask("one"), ask("two", when={"one": ["yes"]})], []),
        ([ask("one", "choice", options=TITLES), ask("two", when={"one": ["a", "b"]})], []),
        ([ask("one", "service"), ask("two", when={"one": ["svc-1"]})], []),
        ([ask("one"), ask("two", when={"three": ["yes"]})], ["two"]),
        ([ask("two", when={"one": ["yes"]}), ask("one")], ["two"]),
        ([ask("two", when={"two": ["yes"]})], ["two"]),
        ([ask("one"), ask("two", when={"one": ["maybe"]})], ["two"]),
        ([ask("one"), ask("two", when={"one": [True]})], ["two"]),
        ([ask("one", "choice", options=TITLES), ask("two", when={"one": ["a", "c"]})], ["two"]),
        ([ask("one"), ask("two", when={"one": []})], ["two"]),
        ([ask("one", "words"), ask("two", when={"one": ["home"]})], ["two"]),
        (
            [
                ask("one", when={"three": ["no"]}),
                ask("two", when={"one": ["yes"]}),
                ask("three", when={"two": ["yes"]}),
            ],
            ["one", "two", "three"],
        ),
    ],
)  # fmt: skip
def test_a_condition_can_hold(questions: list[Question], unreachable: list[str]) -> None:
    content = write(journeys=[journey(*questions)], intents=())
    found = show(RULES["unreachable_step"](content))
    assert found == [f"journeys/sleep {name}" for name in unreachable]


@pytest.mark.parametrize(
    ("question", "blocked"),
    [
        (ask("bag"), False),
        (ask("bag", skip=False), True),
        (ask("name", "name", skip=False), True),
        (ask("agree", "words", skip=False), True),
        (ask("agree", skip=False), False),
        (ask("phrase", "secret", skip=False), False),
        (ask("word", "code_word", skip=False), False),
        (ask("note", "note", skip=False), False),
    ],
)
def test_nobody_has_to_answer_but_what_cannot_be_left_out(
    question: Question, blocked: bool
) -> None:
    assert bool(list(RULES["no_skip"](write(journeys=[journey(question)])))) is blocked


def _choose(**titles: str) -> Content:
    return write(
        journeys=[journey(ask("bag", "choice", options=titles))],
        phrases={"journeys": {"en": {"options.skip": "Not now"}}},
    )


@pytest.mark.parametrize(
    ("content", "blocked"),
    [
        (write(say("Which?", options={"Food": "/a", "A bed": "/b"})), False),
        (write(say("Which?", options={"Sí": "/a", "si!": "/b"})), True),
        (write(say("Which?", options={"Work": "/a", "Work or school": "/b"})), False),
        (_choose(a="Work", b="Home"), False),
        (_choose(a="Work", b="Work or school"), True),
        (_choose(a="Workshop", b="Work"), False),
        (_choose(a="Now", b="not now."), True),
        (_choose(a="Later", b="Not now"), True),
    ],
)
def test_options_can_be_told_apart(content: Content, blocked: bool) -> None:
    assert bool(list(RULES["same_titles"](content))) is blocked
