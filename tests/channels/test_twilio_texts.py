"""How a reply looks as a text, and what it may cost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire.choices import decide_choice
from bot.wire.segments import count_segments, is_gsm7
from bot.wire.turns import Option, Reply
from channels import twilio
from channels.twilio import LONGEST_BODY

OPTIONS = (Option("A bed tonight", "/bed"), Option("Food", "/food"), Option("Más", "/more"))


def test_options_are_numbered_lines_below_the_words() -> None:
    text = twilio.render(Reply("What do you need?", OPTIONS))
    assert text == "What do you need?\n1 A bed tonight\n2 Food\n3 Mas"


def test_the_number_beside_an_option_chooses_it() -> None:
    lines = twilio.render(Reply("What do you need?", OPTIONS)).splitlines()[1:]
    chosen = [decide_choice(line.split(" ")[0], OPTIONS) for line in lines]
    assert chosen == [option.payload for option in OPTIONS]


def test_the_engines_own_words_are_never_sent() -> None:
    secret = Reply("Hi", (Option("Yes", '/agree{"to": "canary"}'),))
    assert "canary" not in twilio.render(secret)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("¿Está aquí? Sí, aún sólo.", "¿Esta aqui? Si, aun solo."),
        ("ÁÍÓÚ áíóú", "AIOU aiou"),
        ("Mañana, café, pingüino, ¡ÑÉÜ!", "Mañana, café, pingüino, ¡ÑÉÜ!"),
        ("El niño está aquí.", "El niño esta aqui."),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_spanish_loses_only_the_accents_that_cost_a_segment(written: str, sent: str) -> None:
    assert twilio.render(Reply(written)) == sent
    assert is_gsm7(sent)


@pytest.mark.parametrize("text", ["Está bien 😀", "你好, está aquí", "Situação está", "śpiąć á"])
def test_accents_stay_where_leaving_them_out_saves_nothing(text: str) -> None:
    assert twilio.render(Reply(text)) == text


def test_a_letter_and_its_accent_written_apart_are_one_letter() -> None:
    written = unicodedata.normalize("NFD", "Mañana: café, pingüino, está aquí")
    assert twilio.render(Reply(written)) == "Mañana: café, pingüino, esta aqui"


def test_leaving_out_accents_keeps_a_long_text_in_one_piece() -> None:
    written = "Aquí está. " * 14
    assert count_segments(written).count == 3
    assert count_segments(twilio.render(Reply(written))).count == 1


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("I’m here", "I'm here"),
        ("‘a’ “b”", "'a' \"b\""),
        ("9–5 — daily", "9-5 - daily"),
        ("wait…", "wait..."),
        ("10\xa0am", "10 am"),
        ("It’s “aquí”…", 'It\'s "aqui"...'),
    ],
)
def test_print_marks_become_typed_ones(written: str, sent: str) -> None:
    assert twilio.render(Reply(written)) == sent


@pytest.mark.parametrize("letter", ["a", "á", "😀", "你", "€", "…"])
def test_no_text_is_longer_than_twilio_takes(letter: str) -> None:
    rendered = twilio.render(Reply(letter * (LONGEST_BODY + 1), OPTIONS))
    assert len(rendered) == LONGEST_BODY == 1600


def test_a_text_of_the_greatest_length_is_sent_whole() -> None:
    text = "a" * LONGEST_BODY
    assert twilio.render(Reply(text)) == text


WORDS = st.text(alphabet=st.sampled_from("a ñéáÍ’“…–€\n😀你\u0301\u0303"), max_size=400)


@given(st.one_of(WORDS, st.text(max_size=400)))
def test_rendering_what_was_rendered_changes_nothing(text: str) -> None:
    once = twilio.render(Reply(text))
    assert twilio.render(Reply(once)) == once
    assert twilio.render(Reply(text)) == once


@given(st.text(alphabet="aZ09 ñéü¿¡à@\n€[]~", max_size=2000))
def test_a_text_that_is_cheap_already_is_left_alone(text: str) -> None:
    assert twilio.render(Reply(text)) == text[:LONGEST_BODY]


def test_any_string_can_be_rendered(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        rendered = twilio.render(Reply(text, (Option(text, "/x"),)))
        assert 0 < len(rendered) <= LONGEST_BODY
