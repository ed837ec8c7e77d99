"""What must not be said, what must be said, and in which language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.care.kinds import Kind
from bot.care.screen import Screen
from bot.flows.gate import RULES, Content, load_content
from bot.flows.gate.opening import FIRST, WAYS_OUT
from bot.settings import ROOT
from tests.flows.gate.writing import SITE, ask, both, journey, say, show, write

SHIPPED = load_content(ROOT, SITE)
YES = {"Yes": "/affirm"}
BOTH = {"Yes": "/y", "No": "/n"}


def _phrases(**languages: dict[str, str]) -> Content:
    return replace(write(), phrases={"small": languages})


@pytest.mark.parametrize(
    "text",
    [
        "Harbor House is at 1202 Peña Street, Apt 4.",
        "go to 1202 harbor way\nnow",
        "La casa está en Calle Roble 45.",
        "See maps.app.goo.gl/x1",
    ],
)
def test_where_a_house_stands_is_found_wherever_it_is_told(text: str) -> None:
    places = {
        "night utter_night en": write(say(text)),
        "phrases/small found es": _phrases(es={"found": text}),
        "journeys/sleep bag.ask en": write(
            journeys=[journey(replace(ask("bag"), ask={"en": text}))]
        ),
        "site contact": replace(write(), site=replace(SITE, facts={"contact": text})),
    }
    for place, content in places.items():
        (finding,) = RULES["confidential_address"](content)
        assert show([finding]) == [place]
        assert text not in finding.reason


@pytest.mark.parametrize("text", ["Call 503-555-0100.", "24 hours a day", "Room 4", "{address}"])
def test_what_tells_of_no_house_is_left_alone(text: str) -> None:
    assert not list(RULES["confidential_address"](write(say(text))))


@pytest.mark.parametrize(
    ("text", "language", "channel", "blocked"),
    [
        ("Is it safe? Write EXIT to leave.", "en", None, False),
        ("Is it safe? Exit any time.", "en", None, True),
        ("Is it safe? EXITS are near.", "en", None, True),
        ("¿Es seguro? SALIR termina.", "es", "telegram", False),
        ("¿Es seguro? EXIT termina.", "es", "telegram", True),
        ("Est-ce sûr ? EXIT.", "fr", None, False),
        ("Is it safe? The red button ends it.", "en", "web", False),
    ],
)
def test_what_opens_a_conversation_names_the_way_out(
    text: str, language: str, channel: str | None, blocked: bool
) -> None:
    content = write(say(text, language, name=FIRST, channel=channel))
    assert bool(list(RULES["missing_way_out"](content))) is blocked


def test_nothing_begins_without_its_first_question() -> None:
    assert show(RULES["missing_way_out"](write(say("Hi.")))) == ["welcome utter_ask_safe"]


def test_the_words_that_are_named_do_end_it() -> None:
    screen = Screen(("en", "es"))
    findings = [screen.look(word) for word in WAYS_OUT.values()]
    assert [one.kind for one in findings if one] == [Kind.EXIT, Kind.EXIT]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "This is ALWAYS  confidential."),
        ("en", "You're safe here, and 100% free."),
        ("en", "Nobody will ever know."),
        ("en", "We guarantee you a bed."),
        ("es", "Aquí estás a salvo."),
        ("es", "Te lo prometo: nadie se va a enterar."),
        ("es", "Es 100 % seguro."),
    ],
)
def test_what_nobody_can_promise_is_blocked(language: str, text: str) -> None:
    rule = RULES["promises_too_much"]
    promises = SHIPPED.promises
    assert list(rule(write(say(text, language), promises=promises)))
    assert list(rule(write(say("Hi.", language, options={text: "/x"}), promises=promises)))
    assert list(rule(replace(_phrases(**{language: {"a": text}}), promises=promises)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Staff do not read along. Anyone who holds this phone can. Do you feel safe?"),
        ("es", "Nadie de aquí lee lo que escribes. ¿Te sientes a salvo?"),
        ("fr", "100 % sûr"),
    ],
)
def test_what_is_true_may_be_said(language: str, text: str) -> None:
    content = write(say(text, language), promises=SHIPPED.promises)
    assert not list(RULES["promises_too_much"](content))


@pytest.mark.parametrize(
    ("text", "options", "name", "blocked"),
    [
        ("Text STOP to pause.", {}, "utter_night", True),
        ("Escribe HELP o INFO.", {}, "utter_night", True),
        ("Say STOP ALL or OPT OUT.", {}, "utter_night", True),
        ("When it is done text END.", {}, "utter_night", True),
        ("Text YES to go on.", {}, "utter_night", True),
        ("Shall I?", {"Stop!": "/deny"}, "utter_night", True),
        ("Shall I?", {"Cancel": "/deny"}, "utter_night", True),
        ("STOP ends all texts.", {}, "utter_opt_out", False),
        ("HELP ends all texts.", {}, "utter_opt_out", True),
        ("Text START to {dv_text} or 88788.", {}, "utter_night", False),
        ("Text START to {service_name}.", {}, "utter_night", True),
        ("Reply YES or NO.", {}, "utter_night", False),
        ("Stop for help in the END.", {}, "utter_night", True),
        ("Stop and start, it helps. EXIT ends it.", YES, "utter_night", False),
        ("Text MENU or HUMAN.", {"Stop the search": "/deny"}, "utter_night", False),
    ],
)
def test_words_of_carriers_are_no_commands_of_ours(
    text: str, options: dict[str, str], name: str, blocked: bool
) -> None:
    content = write(say(text, name=name, options=options))
    assert bool(list(RULES["carrier_word_as_command"](content))) is blocked


NIGHT = {"en": "A night", "es": "Una noche"}
HALF = {"en": "A night", "es": " "}


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        (write(*both("Hi.", "Hola.")), []),
        (write(say("Hi.")), ["night utter_night es"]),
        (write(*both("Hi.", " ")), ["night utter_night es"]),
        (write(*both("Hi.", "Hola."), say("Hi.", channel="web")), ["night utter_night es"]),
        (
            write(*both("Hi.", "Hola.", channel="web")),
            ["night utter_night en", "night utter_night es"],
        ),
        (
            write(say("Ok?", options=BOTH), say("¿Sí?", "es", options={"Sí": "/y"})),
            ["night utter_night es"],
        ),
        (write(journeys=[journey(ask("bag"), start=NIGHT)]), []),
        (write(journeys=[journey(ask("bag"), start=HALF)]), ["journeys/sleep start es"]),
        (
            write(journeys=[journey(ask("bag", line=HALF, after={"es": "Ya"}))]),
            ["journeys/sleep bag.after en", "journeys/sleep bag.line es"],
        ),
        (_phrases(en={"a.b": "x"}, es={"a.b": "y"}), []),
        (_phrases(en={"a.b": "x"}, fr={"a.b": "y"}), ["phrases/small a.b es"]),
    ],
)  # fmt: skip
def test_each_language_of_the_site_has_all_of_it(content: Content, missing: list[str]) -> None:
    assert show(RULES["missing_translation"](content)) == missing


def test_a_program_s_translation_is_a_draft() -> None:
    files = ("data/nlu/es/night.yml", "data/journeys/sleep.yml")
    found = show(RULES["machine_translation"](replace(write(), machine_translated=files)))
    assert found == [f"night {files[0]} es", f"journeys/sleep {files[1]}"]
    assert not list(RULES["machine_translation"](write()))


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("Call {emergency}.", False),
        ("You said {answer}.", False),
        ("Call {emergancy}.", True),
        ("This is {}.", True),
        ("No braces here.", False),
    ],
)
def test_a_blank_that_nobody_fills_in_is_found(text: str, blocked: bool) -> None:
    asked = journey(replace(ask("bag"), after={"en": text, "es": text}))
    for content in (write(say(text)), write(journeys=[asked])):
        assert bool(list(RULES["unknown_blank"](content))) == blocked
