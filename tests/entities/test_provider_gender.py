"""A wished gender of who helps."""

from __future__ import annotations

import pytest

from bot.entities.entity import Kind
from tests.entities.conftest import Find

FEMALE = [
    "a woman doctor pls",
    "woman please",
    "female",
    "a lady",
    "only women",
    "women only",
    "no men",
    "not a man",
    "i'd feel safer with a female therapist",
    "female doctor",
    "can i talk to a woman",
    "rather see a woman",
    "it has to be a lady",
    "a counselor who is a woman",
    "someone with experience, a woman if possible",
    "que sea mujer",
    "q sea mujer porfa",
    "prefiero doctora",
    "doctora mejor",
    "una mujer",
    "mujer porfa",
    "solo mujeres",
    "nada de hombres",
    "no quiero hombre",
    "una doctora, no doctor",
    "hombre no",
    "que me atienda una psicóloga",
    "quiero hablar con una mujer",
    "tiene q ser mujer",
    "female si se puede",
]
MALE = [
    "prefer a man",
    "male counselor",
    "prefiero un hombre",
    "not a woman",
    "un hombre está bien",
    "que sea hombre",
]
NONE = [
    "im a woman",
    "soy mujer",
    "a woman hit me",
    "he is a man",
    "women's shelter",
    "a man hits me",
    "my man",
    "any gender",
    "me da igual hombre o mujer",
    "a man or a woman",
    "mujeres como yo",
    "refugio de mujeres",
    "im a trans man",
    "hay un hombre afuera",
    "theres a man outside",
    "the doctor said no",
    "la doctora me dijo",
    "men?",
    "no one",
    "a black woman like me",
    "que acepten hombres",
    "takes men",
    "is it for men or women",
    "un solo hombre nos trae",
    "someone",
    "human",
    "manana",
    "nobody",
]


@pytest.mark.parametrize("text", FEMALE)
def test_woman(find: Find, text: str) -> None:
    assert [entity.value for entity in find(text, Kind.PROVIDER_GENDER)] == ["female"]


@pytest.mark.parametrize("text", MALE)
def test_man(find: Find, text: str) -> None:
    assert [entity.value for entity in find(text, Kind.PROVIDER_GENDER)] == ["male"]


@pytest.mark.parametrize("text", NONE)
def test_no_wish(find: Find, text: str) -> None:
    assert find(text, Kind.PROVIDER_GENDER) == []
