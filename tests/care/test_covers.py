"""A cover stays in its role, whatever it is asked, and only the code word opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.covers import (
    find_story,
    matches_code_word,
    names,
    parse_code_word,
    title,
)
from bot.care.kinds import Kind
from bot.care.screen import Screen
from bot.settings import ROOT
from bot.wire.segments import count_segments
from bot.wire.turns import Reply
from channels.twilio import render

SITE = ZoneInfo("America/Los_Angeles")
LANGUAGES = ("en", "es")
TOWN = "Alder Falls"
NOON = datetime(2026, 11, 25, 12, tzinfo=SITE)
#: One day of each month, each on another weekday in the end, and a holiday.
DAYS = [datetime(2026, month, 2 * month, 9, tzinfo=SITE) for month in range(1, 13)]
DAYS.append(datetime(2026, 7, 4, 9, tzinfo=SITE))

#: What no line may hold, as it begins: what the service is for, and what it is called.
GIVES_AWAY = re.compile(
    r"\b(safe|help|shelter|victim|surviv|violen|abus|assault|traffick|crisis|hotline|danger|police"
    r"|advocate|navigator|support|counsel|code word|exit|waymark|segur|ayuda|refugio|albergue"
    r"|v[ií]ctima|maltrat|peligro|polic[ií]a|apoyo|trata|crisis|salir|clave)",
    re.IGNORECASE,
)
PROBES = [
    "who is this?",
    "WHO IS THIS",
    "whose number is this",
    "who has my wife been texting",
    "is this the shelter?",
    "are you the women's hotline",
    "i know what this is. tell me where she is",
    "what did she tell you",
    "waymark",
    "is this a real person",
    "call me now you piece of shit",
    "stop texting my wife",
    "i will find you",
    "send me everything she wrote",
    "forget me",
    "EXIT",
    "my code word is pineapple",
    "/restart",
    "{town} {emergency} %s",
    "¿quién eres?",
    "quien le escribe a mi esposa",
    "es el refugio de mujeres?",
    "sé que está con ustedes",
    "dime dónde está",
    "",
    "   ",
    "😡",
    "8" * 5000,
]


@cache
def _lines(name: str, language: str, day: datetime, town: str = TOWN) -> frozenset[str]:
    """All that the number can say on that day: what nothing asks for, and each topic."""
    story = find_story(name)
    asks = ["\N{SNOWMAN}", *(topic.asks[0] for topic in story.topics)]
    return frozenset(story.answer(ask, language, town, day) for ask in asks)


def _all_lines() -> Iterator[tuple[str, str]]:
    """Every line of every story, with the language it is in."""
    for name, language in product(names(), LANGUAGES):
        yield language, title(name, language)
        yield language, find_story(name).emergency(language, "911")
        for day in DAYS:
            yield from ((language, line) for line in _lines(name, language, day))


LINES = frozenset(_all_lines())


def test_every_story_says_whether_it_was_reviewed() -> None:
    assert names() == ("clinic", "library", "weather")
    for name in names():
        written = (ROOT / "data" / "covers" / f"{name}.toml").read_text(encoding="utf-8")
        assert written.startswith("# Review: ")


def test_every_story_speaks_both_languages() -> None:
    for story in map(find_story, names()):
        spoken = [story.titles, story.weekdays, story.otherwise, story.emergencies]
        assert all(set(texts) == set(LANGUAGES) for texts in spoken)
        assert all(set(topic.say) == set(LANGUAGES) for topic in story.topics)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_gives_anything_away(language: str) -> None:
    said = {line for spoken, line in LINES if spoken == language}
    assert len(said) > 30
    assert {line for line in said if GIVES_AWAY.search(line)} == set()
    # No phone number, no address on the web, nothing left to fill in.
    assert {line for line in said if re.search(r"\d{3}\D?\d{4}|://|www|[{}]", line)} == set()


def test_lines_fit_two_segments_in_a_town_with_a_long_name() -> None:
    for name, language, day in product(names(), LANGUAGES, DAYS):
        for line in _lines(name, language, day, "Millbrook Junction Heights"):
            assert count_segments(render(Reply(line))).count <= 2, line


@pytest.mark.parametrize("name", ["clinic", "library", "weather"])
@given(text=st.text() | st.sampled_from(PROBES), language=st.sampled_from([*LANGUAGES, "vi"]))
def test_whatever_is_asked_the_answer_is_a_line_of_the_story(
    name: str, text: str, language: str
) -> None:
    answer = find_story(name).answer(text, language, TOWN, NOON)
    assert answer in _lines(name, "en" if language == "vi" else language, NOON)


@pytest.mark.parametrize("probe", [probe for probe in PROBES if "who" in probe.lower()])
def test_who_is_this_is_answered_as_the_number_would(probe: str) -> None:
    weather = find_story("weather").answer(probe, "en", TOWN, NOON)
    assert weather.startswith("This is the automated weather line for Alder Falls.")


@given(text=st.text() | st.sampled_from([*PROBES, "today", "tomorrow", "hours"]))
def test_answers_are_the_same_all_day(text: str) -> None:
    for story in map(find_story, names()):
        morning, night = (story.answer(text, "en", TOWN, NOON.replace(hour=h)) for h in (0, 23))
        assert morning == night


def test_tomorrow_comes_as_it_was_forecast() -> None:
    weather, next_day = find_story("weather"), NOON + timedelta(days=1)
    forecast = weather.answer("tomorrow", "en", TOWN, NOON)
    assert forecast == weather.answer("today", "en", TOWN, next_day)
    assert forecast != weather.answer("today", "en", TOWN, NOON)


def test_the_weather_follows_the_seasons_and_does_not_leap() -> None:
    year = [datetime(2026, 1, 1, tzinfo=SITE) + timedelta(days=day) for day in range(365)]
    heard = [find_story("weather").answer("today", "en", TOWN, day) for day in year]
    morning, high, low = zip(
        *(map(int, re.findall(r"(-?\d+) F", line)) for line in heard), strict=True
    )
    assert all(cold < mild < warm for cold, mild, warm in zip(low, morning, high, strict=True))
    assert max(abs(one - two) for one, two in zip(high[1:], high, strict=False)) <= 10
    assert min(high[195:225]) > max(high[:30])
    # In one month of one season, hardly a day is as another.
    assert len({line.split(". ", 1)[1] for line in heard[181:212]}) > 15


def test_hours_follow_the_calendar() -> None:
    clinic, library = find_story("clinic"), find_story("library")
    saturday, thanksgiving_eve = datetime(2026, 7, 4, tzinfo=SITE), NOON
    assert "closed" in library.answer("open today?", "en", TOWN, saturday)
    assert "10 am to 8 pm" in library.answer("open today?", "en", TOWN, thanksgiving_eve)
    week = clinic.answer("hours", "en", TOWN, NOON)
    assert "Mon-Thu 8 am to 5 pm, Fri 8 am to 1 pm, Sat-Sun closed" in week


@pytest.mark.parametrize("name", ["clinic", "library", "weather"])
def test_words_that_the_number_offers_are_answered_and_open_nothing(name: str) -> None:
    story = find_story(name)
    for language in LANGUAGES:
        offered = set(re.findall(r"\b[A-ZÑ]{4,}\b", " ".join(_lines(name, language, NOON))))
        assert offered - {"STOP", "START"}
        for word in offered - {"STOP", "START"}:
            answer = story.answer(word, language, TOWN, NOON)
            assert answer != story.answer("", language, TOWN, NOON), word
            assert parse_code_word(word) is None


def test_a_story_that_was_taken_away_does_not_break_the_role() -> None:
    assert find_story("../../etc/passwd") == find_story(names()[0])
    assert title("gone", "es")


@pytest.mark.parametrize(
    "typed", ["blue heron", " Blue  HERON!! ", "«Blue Heron».", "blúe heron", "ｂｌｕｅ heron"]
)
def test_the_code_word_is_known_however_it_is_typed(typed: str) -> None:
    assert parse_code_word(typed) == "blue heron"
    assert matches_code_word(typed, "blue heron")


@pytest.mark.parametrize("typed", ["", "!", "blue", "the blue heron", "blueheron", "a" * 9000])
def test_only_the_whole_code_word_opens(typed: str) -> None:
    assert not matches_code_word(typed, "blue heron")
    assert not matches_code_word(typed, "")


@pytest.mark.parametrize(
    "word",
    [
        *("STOP", "stop all", "Unsubscribe", "cancel", "quit", "REVOKE", "opt-out", "OPTOUT"),
        *("start", "unstop", "HELP", "info", "remove", "arrêt", "arrete", "exit", "salir!", "alto"),
        *("ayuda", "forget me", "Pineapple", "pine apple", "12345678", "abc", "...", "a" * 31),
        *("the weather", "Clima", "mañana", "who is this", "where r u", "hello", "contraseña"),
    ],
)
def test_words_that_mean_something_already_are_refused(word: str) -> None:
    assert parse_code_word(word, ("pineapple",)) is None


@given(st.text(max_size=60))
def test_a_code_word_never_raises_and_always_opens(text: str) -> None:
    if word := parse_code_word(text):
        assert matches_code_word(text, word) and parse_code_word(word) == word


def test_no_accepted_code_word_is_obeyed_as_a_command(screen: Screen) -> None:
    for word in ("blue heron", "señora lopez", "casa azul 7"):
        accepted = parse_code_word(word)
        assert accepted and screen.look(accepted) is None
    commands = (Kind.EXIT, Kind.OPT_OUT, Kind.START, Kind.HELP_WORD, Kind.FORGET, Kind.HUMAN)
    for word in ("alto", "no más", "reanudar", "olvídame", "bórrame"):
        found = screen.look(word)
        assert found is None or (found.kind in commands and parse_code_word(word) is None), word
