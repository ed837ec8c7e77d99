"""Whatever is typed, of any length, in any script, gets a calm answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.content import name_of
from tests.house import RunningHouse
from tests.phone import Phone, wait_until_quiet
from tests.promises.steps import lead
from tests.visitor import Visitor

pytestmark = pytest.mark.stack

LONG = ["x" * 10_000, "ayuda " * 1700, "😀" * 5000, "\u202e" * 1600, "𓀀" * 1600, "\n" * 3000]


def test_every_naughty_string_is_answered_with_written_words(
    stack: RunningHouse, shared_data: Path
) -> None:
    strings = [json.loads(line) for line in _lines(shared_data)]
    phones = [Phone(stack.settings) for _ in strings]
    for phone, said in zip(phones, strings, strict=True):
        phone.send(said["text"])
    wait_until_quiet(stack.settings, seconds=200)
    for phone, said in zip(phones, strings, strict=True):
        replies = phone.replies()
        assert len(replies) <= 1 or all(map(_tells_who_we_are, replies)), said
        assert all(_is_written(reply) for reply in replies), said
    assert sum(bool(phone.replies()) for phone in phones) > 500


@pytest.mark.parametrize("said", LONG, ids=lambda said: f"{len(said)} of {said[:1]!r}")
@pytest.mark.parametrize("step", ["before anything", "what is needed", "where"])
def test_length_and_script_do_not_matter(phone: Phone, step: str, said: str) -> None:
    lead(phone, step)
    replies = phone.text(said)
    assert replies
    assert all(_is_written(reply) for reply in replies)


def test_pictures_without_words(phone: Phone) -> None:
    (reply,) = phone.text("", NumMedia="10", MediaUrl0="https://media.example/1")
    assert name_of(reply, "en") == "utter_care_empty"


def test_on_the_web(stack: RunningHouse) -> None:
    visitor = Visitor(stack.settings)
    for said in LONG:
        assert all(_is_written(reply["text"]) for reply in visitor.say(said))


def _tells_who_we_are(reply: str) -> bool:
    """Whoever asks that hears it in each language, when theirs is not known."""
    return "utter_care_help_word" in {name_of(reply, "en"), name_of(reply, "es")}


def _lines(shared_data: Path) -> list[str]:
    text = (shared_data / "naughty_strings.jsonl").read_text(encoding="utf-8")
    return text.strip("\n").split("\n")


def _is_written(reply: str) -> bool:
    return any(name_of(reply, language).startswith("utter_") for language in ("en", "es"))
