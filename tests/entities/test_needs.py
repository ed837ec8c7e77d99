"""Needs that the words of a message name."""

from __future__ import annotations

import tomllib

import pytest

from bot.directory.needs import NEEDS
from bot.entities.entity import Kind
from bot.settings import ROOT
from tests.entities.conftest import Find

CONTENT = tomllib.loads((ROOT / "bot" / "entities" / "needs.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("somewhere to sleep", ["housing"]),
        ("i need a bed tonight", ["housing"]),
        ("sheltr", ["housing"]),
        ("he kicked me out", ["housing"]),
        ("doc", ["health"]),
        ("i need a docter", ["health"]),
        ("morning after pill", ["health"]),
        ("panic attacks", ["counselling"]),
        ("i want therpy", ["counselling"]),
        ("lawyer", ["legal"]),
        ("restraining order", ["legal"]),
        ("lawer for divorce pls", ["legal"]),
        ("food", ["food"]),
        ("food bank", ["food"]),
        ("baby formula", ["food"]),
        ("need a ride to court", ["transport", "legal"]),
        ("bus pass", ["transport"]),
        ("need money for bills", ["money"]),
        ("help finding a job", ["money"]),
        ("diapers", ["children"]),
        ("child care", ["children"]),
        ("green card", ["papers"]),
        ("asylum", ["papers"]),
        ("detox", ["substance"]),
        ("stop drinking", ["substance"]),
        ("support group", ["peer"]),
        ("someone to talk to", ["talk"]),
        ("im lonely", ["talk"]),
        ("immigration lawyer", ["papers"]),
        ("un lugar donde dormir", ["housing"]),
        ("refujio", ["housing"]),
        ("albergue para mi y mis hijos", ["housing"]),
        ("necesito un doctor", ["health"]),
        ("doctora", ["health"]),
        ("terapia", ["counselling"]),
        ("nesesito un abogdo", ["legal"]),
        ("orden de protección", ["legal"]),
        ("algo de comer", ["food"]),
        ("despensa", ["food"]),
        ("raite", ["transport"]),
        ("busco trabajo", ["money"]),
        ("pañales", ["children"]),
        ("guardería", ["children"]),
        ("abogado de inmigración", ["papers"]),
        ("permiso de trabajo", ["papers"]),
        ("desintoxicación", ["substance"]),
        ("grupo de apoyo", ["peer"]),
        ("con quién hablar", ["talk"]),
        ("need shelter y comida", ["housing", "food"]),
        ("abogado, terapia y pañales", ["legal", "counselling", "children"]),
    ],
)
def test_needs(find: Find, text: str, needs: list[str]) -> None:
    assert [entity.value for entity in find(text, Kind.NEED)] == needs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hi",
        "yes",
        "no",
        "help",
        "ayuda",
        "my husband hits me",
        "he is at work all day long",
        "i am scared",
        "mi esposo sale del trabajo a las seis",
        "97401",
        "he took all my money and left us",
        "mi suegra me grita",
        "el cliente me paga",
        "thanks for listening",
        "is this the police",
        "me quitó los papeles el patrón ayer",
        "my doctor told him about it",
        "he is hopeless",
        "i am standing here",
        "they are starting again",
        "what is this",
        "quien es",
        "un amigo me dijo",
        "eugene",
        "tomorrow at 3",
        "hombre",
        "the hearing aid of my dad",
    ],
)
def test_no_need(find: Find, text: str) -> None:
    assert find(text, Kind.NEED) == []


def test_every_need_has_words_in_both_languages() -> None:
    assert tuple(CONTENT["needs"]) == NEEDS
    assert all(len(words) > 20 for words in CONTENT["needs"].values())


def test_no_phrase_means_two_needs_and_every_weak_one_means_one() -> None:
    phrases = [phrase for words in CONTENT["needs"].values() for phrase in words]
    assert len(phrases) == len(set(phrases))
    assert set(CONTENT["weak"]) <= set(phrases)
