"""Places that people write: a ZIP code, a town, a town with its state, a slip of the finger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.places import Places


def _titles(places: Places, text: str, home: str | None = "OR") -> list[str]:
    return [place.title for place in places.find(text, home)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("97301", "Salem, OR"),
        ("97301-1234", "Salem, OR"),
        ("my zip is 97301.", "Salem, OR"),
        ("zip:97301, near the river", "Salem, OR"),
        ("00000 or 97301", "Salem, OR"),
        ("10001 New Street, Salem", "New York, NY"),
        ("97999", "Alder Falls, OR"),
        ("97998", "Millbrook Junction, OR"),
    ],
)
def test_zip_code_is_found(places: Places, text: str, title: str) -> None:
    assert _titles(places, text) == [title]
    assert places.find_zip(text) is not None


@pytest.mark.parametrize(
    "text", ["00000", "99999-1234", "1234", "973011", "5035550100", "9 7 3 0 1"]
)
def test_number_that_is_no_zip_code_is_no_place(places: Places, text: str) -> None:
    assert places.find(text) == []
    assert places.find_zip(text) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Alder Falls", "Alder Falls, OR"),
        ("ALDER  FALLS!", "Alder Falls, OR"),
        ("i am in alder falls right now", "Alder Falls, OR"),
        ("alder falls, or", "Alder Falls, OR"),
        ("vivo en Millbrook Junction", "Millbrook Junction, OR"),
        ("Springfield, Oregon", "Springfield, OR"),
        ("springfield or", "Springfield, OR"),
        ("Springfield, IL", "Springfield, IL"),
        ("springfield in illinois", "Springfield, IL"),
        ("portland in oregon", "Portland, OR"),
        ("philadelphia pa", "Philadelphia, PA"),
        ("new york", "New York, NY"),
        ("New York, NY", "New York, NY"),
        ("new york city", "New York, NY"),
        ("Washington, D.C.", "Washington, DC"),
        ("washington dc", "Washington, DC"),
        ("kansas city kansas", "Kansas City, KS"),
        ("Winston-Salem, North Carolina", "Winston Salem, NC"),
        ("st. louis, mo", "Saint Louis, MO"),
        ("Coeur d’Alene", "Coeur D Alene, ID"),
        ("Cañon City", "Canon City, CO"),
        ("Ａｌｄｅｒ Falls", "Alder Falls, OR"),
        ("álder fálls", "Alder Falls, OR"),
        ("Hope, Arkansas", "Hope, AR"),
        ("Reading PA", "Reading, PA"),
    ],
)
def test_town_is_found(places: Places, text: str, title: str) -> None:
    assert _titles(places, text) == [title]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("alder fals", "Alder Falls, OR"),
        ("aldder falls", "Alder Falls, OR"),
        ("milbrook junction", "Millbrook Junction, OR"),
        ("san fransisco", "San Francisco, CA"),
        ("san fransisco ca", "San Francisco, CA"),
        ("springfeild oregon", "Springfield, OR"),
    ],
)
def test_misspelt_town_is_found(places: Places, text: str, title: str) -> None:
    assert _titles(places, text) == [title]


def test_towns_of_one_name_are_all_found_those_at_home_first(places: Places) -> None:
    at_home = _titles(places, "springfield", "OR")
    assert at_home[0] == "Springfield, OR"
    assert at_home[1:] == sorted(at_home[1:])
    assert len(at_home) > 20
    assert _titles(places, "springfield", "MA")[0] == "Springfield, MA"
    assert _titles(places, "springfield", None) == sorted(at_home)


def test_word_that_happens_to_be_a_states_code_chooses_no_state(places: Places) -> None:
    for text in ("i'm in portland me and my kids", "portland or close by", "portland in my car"):
        assert len(_titles(places, text)) > 5
        assert _titles(places, text)[0] == "Portland, OR"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "help",
        "help me",
        "yes",
        "no",
        "me",
        "near me",
        "ok",
        "hi",
        "home",
        "i need a safe place",
        "i need to leave the house",
        "we are sleeping in the car",
        "my husband hits me",
        "will you call the police",
        "will you tell my husband",
        "how much does it cost",
        "mental health",
        "food stamps",
        "bus ticket",
        "alright",
        "sí",
        "ayuda",
        "hola",
        "gracias",
        "buenas noches",
        "no tengo dinero",
        "estoy solo",
        "algo de comer",
        "socorro",
        "oregon",
        "washington",
        "somewhere in oregon",
        "???",
        "🏠",
        "Атланта",
    ],
)
def test_everyday_words_are_no_towns(places: Places, text: str) -> None:
    assert places.find(text, "OR") == []


@pytest.mark.parametrize(
    "again", ["x", "a ", "see so sat sit set ", "é", "\u0301", "9", "1234-", "\0", "in ", "st "]
)
def test_long_text_names_no_place(places: Places, again: str) -> None:
    assert places.find((again * 10_000)[:10_000], "OR") == []


def test_long_text_may_begin_with_a_place(places: Places) -> None:
    assert _titles(places, "alder falls " + "please " * 1_500) == ["Alder Falls, OR"]
    assert _titles(places, "97999 " + "please " * 1_500) == ["Alder Falls, OR"]


@given(text=st.text(max_size=300))
def test_any_text_is_answered(places: Places, text: str) -> None:
    assert isinstance(places.find(text, "OR"), list)


def test_sites_own_places_lie_where_the_site_says(places: Places) -> None:
    falls, junction = places.find("97999")[0], places.find("millbrook junction")[0]
    assert (falls.latitude, falls.longitude) == (44.62, -122.87)
    assert (junction.latitude, junction.longitude) == (44.41, -122.71)


def test_without_a_site_only_real_towns_are_known() -> None:
    plain = Places()
    assert plain.find("97999") == []
    assert plain.find("97301")[0].title == "Salem, OR"


def test_town_of_a_zip_code_is_its_middle(places: Places) -> None:
    east = places.find("97230")[0]
    assert east.title == "Portland, OR"
    assert places.find_town(east) == places.find("Portland, OR")[0]
    assert places.find_town(east).longitude != east.longitude
