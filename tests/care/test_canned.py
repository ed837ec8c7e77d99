"""Ready replies are short, plain and complete in both languages; the phrase book only hints."""

from __future__ import annotations

import re

import pytest
import textstat

from bot.care.canned import (
    BLANKS,
    Hint,
    Piece,
    fill,
    find_blanks,
    find_hints,
    find_pairs,
    parse_phrases,
    parse_replies,
    render_pieces,
)
from bot.care.errors import BadReplies
from bot.care.grade import WANTED, count_syllables, estimate_grade
from bot.settings import ROOT
from bot.wire.segments import count_segments
from bot.wire.shortening import shorten

SITE = ROOT / "sites" / "demo"
LANGUAGES = ("en", "es")
REPLIES = parse_replies((SITE / "replies.yml").read_text(encoding="utf-8"), LANGUAGES)
BOOK = parse_phrases((SITE / "phrases.yml").read_text(encoding="utf-8"), LANGUAGES)
FILLED = {
    "name": "Nora", "service": "Alder Legal Aid", "phone": "503-555-0100",
    "hours": "Open now until 5 pm",
}  # fmt: skip
EACH = [(one.id, language, one.texts[language]) for one in REPLIES for language in LANGUAGES]
_NUMBERS = re.compile(r"[\d-]{3,}|\b[A-Z]{3,}\b")


@pytest.mark.parametrize("name", ["replies.yml", "phrases.yml"])
def test_file_says_whether_it_was_reviewed(name: str) -> None:
    assert (SITE / name).read_text(encoding="utf-8").startswith("# Review: ")


@pytest.mark.parametrize(("name", "language", "text"), EACH)
def test_a_ready_reply_fits_two_segments_and_sixth_grade(
    name: str, language: str, text: str
) -> None:
    filled = fill(text, FILLED)
    assert find_blanks(filled) == []
    assert count_segments(shorten(filled)).count <= 2
    assert (estimate_grade(filled, language) or 0) <= WANTED
    if language == "en":
        assert textstat.automated_readability_index(_NUMBERS.sub("one", filled)) <= WANTED


def test_both_languages_leave_the_same_open() -> None:
    for one in REPLIES:
        assert set(find_blanks(one.texts["en"])) == set(find_blanks(one.texts["es"])), one.id
    assert len(REPLIES) >= 10


def test_no_ready_reply_promises() -> None:
    promises = re.compile(r"\b(i promise|will be safe|guarantee|always|te prometo|siempre)\b", re.I)
    assert [name for name, _, text in EACH if promises.search(text)] == []


def test_what_is_known_is_filled_in_and_the_rest_stays_open_to_be_seen() -> None:
    text = fill("{service}, {phone}: ask for {name}. {hours}", {"name": "Nora", "phone": ""})
    assert text == "{service}, {phone}: ask for Nora. {hours}"
    assert find_blanks(text) == ["service", "phone", "hours"]
    assert render_pieces("Call {phone}.") == [
        Piece("Call ", False), Piece("{phone}", True), Piece(".", False)
    ]  # fmt: skip


def test_what_is_filled_in_is_not_read_again() -> None:
    assert fill("{service}", {"service": "{phone}", "phone": "503-555-0100"}) == "{phone}"
    assert render_pieces("{{7*7}} {x}") == [Piece("{{7*7}} {x}", False)]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("a: {title: A, en: Hi}", "a has no text for es"),
        ("a: {en: Hi, es: Hola}", "a has no title"),
        ("a: {title: A, en: 'Hi {x}', es: Hola}", "leaves open x"),
        ("- a", "not a list of entries"),
        ("a: [", "not valid YAML"),
        ("a: Hi", "a has no title"),
    ],
)
def test_a_bad_file_says_what_is_wrong(written: str, says: str) -> None:
    with pytest.raises(BadReplies, match=says):
        parse_replies(written, LANGUAGES)


@pytest.mark.parametrize("written", ["- {en: [hi]}", "- {en: [hi], es: []}", "- hi", "x: y"])
def test_a_bad_phrase_book_is_refused(written: str) -> None:
    with pytest.raises(BadReplies):
        parse_phrases(written, LANGUAGES)


def test_hints_follow_the_message_and_prefer_the_longer_phrase() -> None:
    found = find_hints(BOOK, "Hola, TENGO MIEDO!! no se... me revisa el telefono", "es", "en")
    assert found == [
        Hint("Hola", "hello"),
        Hint("TENGO MIEDO", "I am afraid"),
        Hint("no se", "I do not know"),
        Hint("me revisa el telefono", "They check my phone"),
    ]


def test_hints_go_both_ways_and_know_only_whole_words() -> None:
    assert find_hints(BOOK, "he hit me tonight", "en", "es") == [
        Hint("he hit me", "me pega"), Hint("tonight", "esta noche")
    ]  # fmt: skip
    assert find_hints(BOOK, "nobody, hither", "en", "es") == []
    assert find_hints(BOOK, "", "en", "es") == []
    assert find_hints(BOOK, "tengo miedo", "fr", "en") == []


def test_the_phrases_to_write_are_the_usual_ones() -> None:
    pairs = dict(find_pairs(BOOK, "en", "es"))
    assert pairs["You decide."] == "Tú decides."
    assert len(pairs) == len(BOOK) >= 30


def test_no_phrase_means_two_things() -> None:
    for language in LANGUAGES:
        said = [way.casefold() for phrase in BOOK for way in phrase.ways[language]]
        assert len(said) == len(set(said))


def test_the_grade_is_an_honest_estimate() -> None:
    hard = "Notwithstanding jurisdictional considerations, eligibility determinations necessitate"
    assert (estimate_grade(hard, "en") or 0) > 12
    assert estimate_grade("I can help you. We go slow.", "en") in range(1, 4)
    assert estimate_grade("Te puedo ayudar. Vamos despacio.", "es") in range(1, 4)
    assert (
        estimate_grade("Determinaremos elegibilidad administrativa institucional", "es") or 0
    ) > 6
    assert estimate_grade("Call me", "en") is None
    assert estimate_grade("one two three four five", "fr") is None
    assert estimate_grade("503-555-0100 " * 50, "en") is None


@pytest.mark.parametrize(
    ("word", "count"),
    [("día", 2), ("policía", 4), ("quien", 1), ("ahora", 3), ("guerra", 2), ("y", 1)],
)
def test_spanish_syllables(word: str, count: int) -> None:
    assert count_syllables(word) == count


def test_blanks_are_those_that_the_guide_names() -> None:
    guide = (ROOT / "docs" / "navigators.md").read_text(encoding="utf-8")
    assert all(f"{{{blank}}}" in guide for blank in BLANKS)
