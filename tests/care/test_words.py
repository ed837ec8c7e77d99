"""The sentences for hard moments: plain, short, complete in both languages."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import textstat

from bot.care.errors import BadResponse
from bot.care.words import Words

PATH = Path(__file__).parents[2] / "data" / "responses" / "care.yml"
WORDS = Words(PATH)
NAMES = sorted(WORDS.names())
FACTS = {
    "service_name": "Waymark",
    "contact": "hello@alderfalls.example",
    "emergency": "911",
    "dv_line": "1-800-799-7233 or text START to 88788",
    "suicide_line": "988",
    "people_hours": "People are here 9 am to 5 pm.",
    "ahead": "12",
}
# The GSM 03.38 characters that these texts use; á, í, ó and ú lose their accent when sent.
GSM = set("@abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;!?'-¿¡éñü&")
TWO_SEGMENTS = 306
KINDS = ("danger medical suicide child human exit opt_out started help_word forgot holding "
         "slow_down empty too_long unreadable reminder opened not_shared passed_on not_passed_on "
         "arrived called_away placed placed_next team_gone returned "
         "warned_abusive warned_sexual warned_again line_closed")  # fmt: skip


def _as_sent(text: str) -> str:
    return "".join(c if c in GSM else unicodedata.normalize("NFD", c)[0] for c in text)


def test_every_hard_moment_has_its_words() -> None:
    assert {f"utter_care_{kind}" for kind in KINDS.split()} == WORDS.names()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_fits_two_text_messages(name: str, language: str) -> None:
    sent = _as_sent(WORDS.render(name, language, FACTS))
    assert set(sent) <= GSM
    assert len(sent) <= TWO_SEGMENTS, len(sent)


# Two measures that count letters and syllables by rule; the better known ones look
# words up in a dictionary that is fetched from the network. An address is no prose.
PROSE = {**FACTS, "contact": "555-0100"}


@pytest.mark.parametrize("name", NAMES)
def test_english_reads_at_sixth_grade_or_below(name: str) -> None:
    assert textstat.automated_readability_index(WORDS.render(name, "en", PROSE)) <= 6


@pytest.mark.parametrize("name", NAMES)
def test_spanish_reads_as_easy(name: str) -> None:
    textstat.set_lang("es")
    try:
        assert textstat.fernandez_huerta(WORDS.render(name, "es", PROSE)) >= 70
    finally:
        textstat.set_lang("en_US")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "utter_care_exit"])
def test_spanish_is_its_own_text(name: str) -> None:
    assert WORDS.render(name, "es", FACTS) != WORDS.render(name, "en", FACTS)


GRAVE = ["utter_care_danger", "utter_care_suicide", "utter_care_medical", "utter_care_child"]


@pytest.mark.parametrize("name", GRAVE)
@pytest.mark.parametrize(("language", "way_out"), [("en", "EXIT"), ("es", "SALIR")])
def test_grave_answers_name_help_and_a_way_out(name: str, language: str, way_out: str) -> None:
    text = WORDS.render(name, language, FACTS)
    assert "911" in text and way_out in text


def test_another_language_gets_the_default() -> None:
    assert WORDS.render("utter_care_empty", "fr", {}) == WORDS.render("utter_care_empty", "en", {})


def test_exit_says_nothing_that_gives_anyone_away() -> None:
    assert {WORDS.render("utter_care_exit", language, {}) for language in ("en", "es")} == {"OK."}


def test_an_empty_fact_leaves_no_gap() -> None:
    text = WORDS.render("utter_care_human", "en", {**FACTS, "people_hours": ""})
    assert "  " not in text


def test_a_site_can_check_its_facts_before_the_start() -> None:
    assert WORDS.fact_names() == set(FACTS)


def test_unknown_names_and_missing_facts_are_named() -> None:
    with pytest.raises(BadResponse, match="utter_care_nothing"):
        WORDS.render("utter_care_nothing", "en", FACTS)
    with pytest.raises(BadResponse, match="suicide_line"):
        WORDS.render("utter_care_suicide", "en", {"emergency": "911"})


def test_a_response_for_one_language_only_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "care.yml"
    path.write_text(
        "responses:\n  utter_x:\n  - text: hola\n"
        "    condition: [{type: slot, name: language, value: es}]\n"
    )
    with pytest.raises(BadResponse, match="utter_x"):
        Words(path)
