"""ZIP codes and towns that are named plainly."""

from __future__ import annotations

import pytest

from bot.entities.entity import Entity, Kind
from tests.entities.conftest import Find


def _title(entity: Entity) -> str:
    assert isinstance(entity.value, dict)
    return f"{entity.value['name']}, {entity.value['state']}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("97401", "97401"),
        ("my zip is 97301", "97301"),
        ("zip97401", None),
        ("97401-1234", "97401"),
        ("el zip 77081.", "77081"),
        ("97999", "97999"),
        ("im in 60629, chicago", "60629"),
        ("00926", "00926"),
        ("97401?", "97401"),
        ("mi código postal 93906", "93906"),
        ("need food (97301)", "97301"),
        ("vivo en 98902", "98902"),
        ("00000", None),
        ("99999", None),
        ("9740", None),
        ("974011", None),
        ("$97401", None),
        ("97401 dollars", None),
        ("541-555-97401", None),
        ("5415597401", None),
        ("97,401", None),
        ("case #97401", None),
        ("1.97401", None),
        ("a97401", None),
        ("97401.50", None),
        ("12/97401", None),
    ],
)
def test_zip(find: Find, text: str, code: str | None) -> None:
    found = [
        entity.value["zip"] for entity in find(text, Kind.ZIP) if isinstance(entity.value, dict)
    ]
    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("eugene", ["Eugene, OR"]),
        ("eugene or", ["Eugene, OR"]),
        ("Eugene, Oregon", ["Eugene, OR"]),
        ("im in eugene", ["Eugene, OR"]),
        ("alder falls", ["Alder Falls, OR"]),
        ("close to san antonio", ["San Antonio, FL"]),
        ("i live in tucson", ["Tucson, AZ"]),
        ("phoenix az", ["Phoenix, AZ"]),
        ("st. louis, mo", ["Saint Louis, MO"]),
        ("a bed near portland for 2", ["Portland, OR"]),
        ("mobile alabama", ["Mobile, AL"]),
        ("Reading PA", ["Reading, PA"]),
        ("washington dc", ["Washington, DC"]),
        ("cedar rapids", ["Cedar Rapids, IA"]),
        ("we are in albuquerque right now", ["Albuquerque, NM"]),
        ("i suppose Joplin, Missouri for now", ["Joplin, MO"]),
        ("estoy en houston", ["Houston, AK"]),
        ("vivo en yuma", ["Yuma, AZ"]),
        ("cerca de el paso texas", ["El Paso, TX"]),
        ("ando por atlanta", ["Atlanta, GA"]),
        ("las cruces", ["Las Cruces, NM"]),
        ("en siler city, carolina del norte", ["Siler City, NC"]),
        ("santa fe, nuevo méxico", ["Santa Fe, NM"]),
        ("busco refugio en salem", ["Salem, OR"]),
        ("acabo de llegar a denver", ["Denver, CO"]),
        ("soy de portland", ["Portland, OR"]),
        ("busca en elgin o en aurora", ["Elgin, OR", "Aurora, OR"]),
    ],
)
def test_town(find: Find, text: str, titles: list[str]) -> None:
    assert [_title(entity) for entity in find(text, Kind.TOWN)] == titles


@pytest.mark.parametrize(
    "text",
    [
        "",
        "help",
        "i need a safe place",
        "im in trouble",
        "im in danger",
        "in love",
        "i hope he stops",
        "en la mesa",
        "en peligro",
        "en crisis",
        "near me",
        "from my husband",
        "in my car",
        "at the church",
        "in the hospital",
        "en casa de mi hermana",
        "oregon",
        "from mexico",
        "soy de cuba",
        "in jail",
        "he went to work in a factory",
        "reading my phone",
        "san fransisco bay",
        "call me",
        "my friend paris helped",
        "en el campo",
        "yes please",
        "???",
        "en la feria con mis hijos",
    ],
)
def test_no_town(find: Find, text: str) -> None:
    assert find(text, Kind.TOWN) == []


def test_value_of_a_town_says_where_else_one_is(find: Find) -> None:
    (entity,) = find("springfield", Kind.TOWN)
    assert isinstance(entity.value, dict)
    states = entity.value["states"]
    assert isinstance(states, list)
    assert states[0] == "OR" == entity.value["state"]
    assert "MA" in states
    assert isinstance(entity.value["latitude"], float)
