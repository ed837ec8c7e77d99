"""Fixed sentences to somebody of whom no language is known: in each of the site's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.flows.content import SHIPPED
from bot.flows.naming import Naming
from bot.wire.fitting import MOST
from tests.worker.conftest import open_settings
from tests.worker.desk_room import ACCOUNT, Texter, run
from worker.house import House, build

BOTH = ("en", "es")
NAMING = Naming(SHIPPED)


@pytest.fixture
def house(tmp_path: Path, plain_database_url: str) -> House:
    """A worker's house whose engine is away and whose texts nobody takes."""
    return build(open_settings(tmp_path / "home", plain_database_url, **ACCOUNT))


def said(house: House, name: str, *languages: str) -> str:
    """A sentence in some languages, in one text."""
    return " ".join(house.say(name, language) for language in languages)


@pytest.mark.parametrize(
    ("word", "languages"),
    [("START", BOTH), ("unstop", BOTH), ("yes", BOTH), ("sí", ["es"]), ("Reanudar", ["es"])],
)
def test_stop_forgets_the_language_and_start_is_answered_in_each(
    house: House, word: str, languages: list[str]
) -> None:
    async def story() -> None:
        texter = Texter(house)
        assert await texter.text("ya no me escriban") == [said(house, "opt_out", "es")]
        assert await texter.text(word) == [said(house, "started", *languages)]

    run(house, story)


def test_what_does_not_fit_into_one_text_comes_in_one_for_each(house: House) -> None:
    async def story() -> None:
        for word in ("HELP", "info"):
            texts = await Texter(house).text(word)
            assert texts == [said(house, "help_word", language) for language in BOTH]

    run(house, story)


@pytest.mark.parametrize(("typed", "name"), [("stop", "opt_out"), (" ", "empty")])
def test_a_first_word_of_no_language_is_answered_in_each(
    house: House, typed: str, name: str
) -> None:
    async def story() -> None:
        assert await Texter(house).text(typed) == [said(house, name, *BOTH)]

    run(house, story)


def test_what_is_known_is_kept_to(house: House) -> None:
    async def story() -> None:
        texter = Texter(house)
        assert await texter.text("ayuda") == [said(house, "help_word", "es")]
        await texter.text("hola, necesito un refugio")
        for typed, name in (("HELP", "help_word"), (" ", "empty"), ("STOP", "opt_out")):
            assert await texter.text(typed) == [said(house, name, "es")]

    run(house, story)


def test_sentences_in_each_language_fit_and_keep_their_name(house: House) -> None:
    async def story() -> None:
        for name in ("started", "opt_out", "help_word", "empty", "too_long", "unreadable"):
            texts = house.say_in_each(name)
            assert max(map(len, texts)) <= MOST
            for language in BOTH:
                assert set(NAMING.name_all(texts, [], language)) == {f"utter_care_{name}"}

    run(house, story)
