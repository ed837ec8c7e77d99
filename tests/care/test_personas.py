"""Simulated survivors: every script has an answer to anything, and ends as it was played."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.care.errors import BadPersona
from bot.care.handoff_note import LONGEST_LINE, MOST_LINES
from bot.care.persona_scripts import load_personas, parse_persona
from bot.care.personas import Persona, Written, play, render_feedback
from bot.care.signals import OTHER, SILENCE, find_signals
from bot.settings import ROOT

FOLDER = ROOT / "sites" / "demo" / "practice"
PERSONAS = load_personas(FOLDER)
#: Nobody writes a longer text on a phone in a hurry.
LONGEST_SAID = 120
NOW = timedelta()

GOOD = {
    "grace": [
        "Hi, I am Nora. Thank you for writing.",
        "Is it safe to talk right now?",
        "I am sorry. What matters most tonight?",
        "There is a shelter that takes families. I can look if they have room.",
        "It is up to you. You do not have to decide now.",
    ],
    "devin": [
        "Hello, thank you for writing. Is it safe to write where you are?",
        "There is a legal clinic. You don't have to tell me your name.",
        "Only if you want. You can stop any time.",
    ],
    "robin": [
        "I am sorry. Three hours is a long wait.",
        "Is it safe where you are?",
        "What would help you most now?",
        "There is one place to sleep. I can look if they have room.",
    ],
    "lucia": [
        "Hola, gracias por escribir. ¿Es seguro hablar ahora?",
        "Te leo. ¿Qué es lo que más te preocupa?",
        "Hay ayuda legal gratis. Puedo buscar una cita.",
        "Lo decides tú. No tienes que decidir hoy.",
    ],
    "mateo": [
        "Qué bueno que escribiste. Esto es para todos.",
        "¿Estás a salvo ahora?",
        "Hay ayuda legal, y no preguntan por papeles.",
        "Solo si quieres.",
    ],
}
HARSH = {
    "en": ["Why do you stay?", "You should just leave.", "You must go to the police."],
    "es": ["¿Por qué te quedas ahí?", "Deberías irte ya.", "Tienes que denunciarlo."],
}


def _write(*texts: str) -> list[Written]:
    return [Written(text) for text in texts]


def _all(name: str) -> Any:
    return pytest.mark.parametrize("persona", PERSONAS.values(), ids=PERSONAS)(name)


def test_the_demo_has_three_in_english_and_two_in_spanish() -> None:
    assert sorted(one.language for one in PERSONAS.values()) == ["en", "en", "en", "es", "es"]
    assert GOOD.keys() == PERSONAS.keys()


@_all
def test_file_says_that_it_is_invented_and_not_reviewed(persona: Persona) -> None:
    text = (FOLDER / f"{persona.name}.yml").read_text(encoding="utf-8")
    assert text.startswith("# Review: not yet reviewed by a qualified advocate.\n")
    assert "invent" in text.splitlines()[2]


@_all
def test_lines_are_short_and_the_note_is_one_that_the_bot_could_write(persona: Persona) -> None:
    said = [*persona.opening, *(line for line, _ in _lines(persona))]
    assert max(map(len, said)) <= LONGEST_SAID
    assert len(persona.note) <= MOST_LINES
    assert max(map(len, persona.note)) <= LONGEST_LINE


@_all
def test_good_words_lead_to_a_good_end_and_to_praise_alone(persona: Persona) -> None:
    scene = play(persona, _write(*GOOD[persona.name]))
    assert scene.ended
    assert scene.state in {"goes_well", "termina_bien"}
    well = {one.say for one in persona.feedback if one.when in {"first", "heard"}}
    feedback = render_feedback(persona, scene)
    assert len(feedback) >= 3
    assert persona.feedback[0].say in feedback  # what matters most in this one came first
    harsh = {"pressure", "blame", "promise", "pries", "advice", "silence"}
    assert not [one for one in persona.feedback if one.signal in harsh
                and one.when != "never" and one.say in feedback]  # fmt: skip
    assert well & set(feedback)


@_all
def test_pressure_and_blame_make_them_go_and_the_trainee_hears_why(persona: Persona) -> None:
    scene = play(persona, _write(*HARSH[persona.language]))
    assert scene.ended
    assert scene.state not in {"goes_well", "termina_bien"}
    said = set(render_feedback(persona, scene))
    assert {one.say for one in persona.feedback if one.signal == "blame"} <= said
    assert {
        one.say for one in persona.feedback if (one.when, one.signal) == ("never", "safety")
    } <= said


@_all
def test_a_persona_goes_on_whatever_is_written_and_says_nothing_but_its_script(
    persona: Persona,
) -> None:
    known = {line for line, _ in _lines(persona)}

    @given(st.lists(st.text() | st.sampled_from(GOOD[persona.name]), max_size=8))
    def goes_on(texts: list[str]) -> None:
        scene = play(persona, _write(*texts))
        assert set(scene.lines) <= known
        assert bool(scene.lines) or scene.ended or not texts
        render_feedback(persona, scene)

    goes_on()


@_all
def test_the_same_words_twice_get_another_answer_until_the_script_has_none(
    persona: Persona,
) -> None:
    lines = [play(persona, _write(*["xyz"] * count)).lines for count in (1, 2, 3, 4)]
    assert len(set(lines[:3])) == 3
    assert lines[2] == lines[3]


def test_after_the_end_nothing_is_said_and_nothing_counts_any_more() -> None:
    grace = PERSONAS["grace"]
    harsh = HARSH["en"][:2]
    ended = play(grace, _write(*harsh))
    after = play(grace, _write(*harsh, "Is it safe to talk?"))
    assert ended.ended and after.lines == ()
    assert render_feedback(grace, after) == render_feedback(grace, ended)


def test_first_means_before_anything_but_a_greeting() -> None:
    grace = PERSONAS["grace"]
    first, later = (
        next(one.say for one in grace.feedback if (one.when, one.signal) == (when, "safety"))
        for when in ("first", "later")
    )
    asks = "Is it safe to talk?"
    early = render_feedback(grace, play(grace, _write("Hello!", "Thank you for writing.", asks)))
    late = render_feedback(grace, play(grace, _write("We have a shelter.", asks)))
    assert first in early and later not in early
    assert later in late and first not in late


def test_who_is_left_waiting_notices() -> None:
    written = [Written("Is it safe to talk?"), Written("hm", timedelta(minutes=4))]
    scene = play(PERSONAS["grace"], written)
    assert scene.lines == ("i thought you left",)


@pytest.mark.parametrize(
    ("language", "text", "heard"),
    [
        ("en", "Is it SAFE to talk??", {"safety"}),
        ("en", "I visited a place", {OTHER}),
        ("en", "You should leave him.", {"pressure"}),
        ("en", "You do not have to tell me your name", {"choice"}),
        ("en", "No, you should go", {"pressure"}),
        ("en", "You’ll be fine, I promise", {"promise"}),
        ("en", "What is your name?", {"open", "pries"}),
        ("es", "No tienes que decirme tu nombre", {"choice"}),
        ("es", "Tienes que irte", {"pressure"}),
        ("es", "¿Estás a salvo?", {"safety"}),
        ("es", "TE CREO", {"listens"}),
        ("fr", "Is it safe to talk?", {OTHER}),
    ],
)
def test_signals_are_heard_in_whole_words_and_turned_by_a_no(
    language: str, text: str, heard: set[str]
) -> None:
    assert find_signals(text, NOW, language) >= heard
    assert not find_signals(text, NOW, language) & ({"pressure", "pries", "promise"} - heard)


def test_silence_is_heard_beside_the_words() -> None:
    assert find_signals("hm", timedelta(minutes=4), "en") == {SILENCE}
    assert find_signals("is it safe", timedelta(minutes=4), "en") == {SILENCE, "safety"}
    assert find_signals("hm", timedelta(minutes=2), "en") == {OTHER}


GRACE = yaml.safe_load((FOLDER / "grace.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"states": {"start": {"hears": [{"to": ["safety"], "say": ["hi"]}]}}}, "anything else"),
        ({"states": {"start": {"otherwise": ["hi"]}}}, "never ends"),
        ({"states": {"start": {"otherwise": ["hi"]}, "end": None}}, "nothing leads to end"),
        (
            {"states": {"start": {"hears": [{"to": ["safety"], "say": [], "next": "off"}],
                                  "otherwise": ["hi"]}}},
            "which is not there",
        ),
        ({"feedback": [{"never": "magic", "say": "x"}]}, "no signals magic"),
        ({"feedback": [{"sometimes": "safety", "say": "x"}]}, "sometimes"),
        ({"states": {}}, "odd"),
        ({"note": None}, "odd"),
    ],
)  # fmt: skip
def test_a_script_that_cannot_be_played_is_refused(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadPersona, match=problem):
        parse_persona("odd", {**GRACE, **change})


@pytest.mark.parametrize("text", ["a: [", "", "- a list", "7"])
def test_a_file_that_is_no_script_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BadPersona, match="odd"):
        load_personas(tmp_path)


def test_a_site_without_personas_has_none(tmp_path: Path) -> None:
    assert load_personas(tmp_path / "practice") == {}


def _lines(persona: Persona) -> list[tuple[str, str]]:
    """Every line that the persona may answer, and in which state."""
    return [
        (line, name)
        for name, state in persona.states.items()
        for line in (*state.otherwise, *(said for one in state.hears for said in one.say))
    ]
