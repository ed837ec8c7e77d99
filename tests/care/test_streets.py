"""What in a text would lead to a door, and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.care.streets import tells_where


@pytest.mark.parametrize(
    "text",
    [
        "123 elm street",
        "We are at 123 Elm Street, behind the church.",
        "45 N. Oak Ave",
        "12 Harbor Way",
        "12 harbor way",
        "123 ELM ST",
        "123 elm st.",
        "9 old oak dr",
        "350 5th Avenue",
        "200 E 42nd St Floor 3",
        "1600 Pennsylvania Avenue NW",
        "2 Martin Luther King Jr Blvd",
        "6 O'Neil Court",
        "6 O’Neil Ct",
        "10 Oak Trail",
        "123A Elm Street",
        "12-B Oak Lane",
        "12-14 Oak Road",
        "12, Elm Street",
        "#12 Elm Street",
        "１２３ Ｅｌｍ Street",
        "12\u200b3 El\u00adm Str\u200beet",
        "12 \n Elm\tStreet",
        "12\u00a0Elm\u00a0Street",
        "12345 Highway 20",
        "1200 County Road 12",
        "100 S Broadway",
        "One Elm Street",
        "Calle Roble 45",
        "av. de la Paz #12",
        "Avenida Juárez no. 222",
        "45 calle del Roble",
        "44.6240, -122.8760",
        "44.6240,-122.8760",
        "https://maps.google.com/?q=alder",
        "https://maps.app.goo.gl/abc",
        "https://www.google.com/maps/place/x",
        "https://harbor.example/12-elm-street",
        "https://harbor.example/?a=12+Elm+Street",
        "12%20Elm%20Street",
    ],
)
def test_door_is_told(text: str) -> None:
    assert tells_where(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "open 24 hours a day",
        "5 beds, a safe place",
        "5 beds a safe place",
        "Open 24/7",
        "24/7 drop-in place",
        "24-hour street outreach",
        "a 30 minute drive",
        "7 days a week, on the street too",
        "2 nights on the road",
        "3 sessions take place each week",
        "2 weeks in court",
        "12 step meetings",
        "18 or older",
        "Ages 14 to 21",
        "$10 a visit, free if you cannot pay",
        "Call 503-555-0100",
        "call 503.555.0100, 503.555.0101",
        "PO Box 12, Alder Falls, OR 97999",
        "One Safe Place",
        "Main Street Shelter",
        "the safest way",
        "abierto 24 horas",
        "mujeres que viven en la calle, 7 días",
        "Route 20 bus",
        "room for 6 women and their children",
    ],
)
def test_everyday_words_tell_nothing(text: str) -> None:
    assert not tells_where(text)
