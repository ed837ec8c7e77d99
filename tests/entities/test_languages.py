"""Languages that are asked for, as codes."""

from __future__ import annotations

import tomllib

import pytest

from bot.directory.languages import parse_language
from bot.entities.entity import Kind
from bot.settings import ROOT
from tests.entities.conftest import Find


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("someone who speaks mixteco", ["mix"]),
        ("en portugués", ["pt"]),
        ("sign language", ["ase"]),
        ("señas", ["ase"]),
        ("hay lengua de señas?", ["ase"]),
        ("asl", ["ase"]),
        ("spanish", ["es"]),
        ("Spanish please", ["es"]),
        ("spanish speaking", ["es"]),
        ("in english pls", ["en"]),
        ("do you speak arabic", ["ar"]),
        ("haitian creole?", ["ht"]),
        ("do you do creole", ["ht"]),
        ("a doctor that speaks vietnamese", ["vi"]),
        ("my mom only speaks russian", ["ru"]),
        ("ukrainian or russian please", ["uk", "ru"]),
        ("somebody who speaks mam or at least spanish", ["mam", "es"]),
        ("chinese interpreter", ["zh"]),
        ("q hable español", ["es"]),
        ("alguien que hable quiché", ["quc"]),
        ("hablo zapoteco", ["zap"]),
        ("hay intérprete de mam", ["mam"]),
        ("tienen creole?", ["ht"]),
        ("no hablo bien español, hablo quiche", ["quc"]),
        ("solo español", ["es"]),
        ("que sepan portugués", ["pt"]),
        ("mi lengua es el mam", ["mam"]),
        ("sorry my english bad, spanish?", ["es"]),
        ("need a farsi speaker", ["fa"]),
        ("my english isnt good, somebody who speaks somali", ["so"]),
        ("can we do this en español", ["es"]),
    ],
)
def test_language(find: Find, text: str, codes: list[str]) -> None:
    assert [entity.value for entity in find(text, Kind.LANGUAGE)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "spanish food",
        "comida china",
        "a french bakery near here",
        "french fries",
        "my english teacher hit me",
        "i hate my spanish class",
        "no hablo inglés",
        "i dont speak english",
        "no english",
        "no spanish please",
        "no entiendo inglés",
        "my mam is here",
        "he is german",
        "the polish guy",
        "un hombre chino me pega",
        "language",
        "otro idioma",
        "habla conmigo",
        "speak to someone",
        "el turco me pego",
        "maya is my daughter",
        "i know karate",
        "mi vecino griego",
        "the russian husband",
        "en casa",
        "chinese restaurant job",
    ],
)
def test_no_language(find: Find, text: str) -> None:
    assert find(text, Kind.LANGUAGE) == []


def test_codes_are_those_of_the_directory() -> None:
    file = ROOT / "bot" / "entities" / "languages.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    known = {name: code for code, names in table.items() for name in names}
    of_directory = {name: parse_language(name) for name in known if len(name) > 3 or name == "asl"}
    assert {name: code for name, code in of_directory.items() if code} == {
        name: known[name] for name, code in of_directory.items() if code
    }
