"""The conversation read from its files, as people look at it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.flows.conversation import Step, load_conversation
from bot.flows.errors import BadContent
from bot.flows.finding import Index
from bot.settings import ROOT

DATA = ROOT / "data"
TOPICS = load_conversation(DATA)
INDEX = Index(TOPICS.values())


def test_every_meaning_of_the_domain_that_is_trained_has_its_examples() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    found = {one.name: one for topic in TOPICS.values() for one in topic.intents}
    assert found.keys() <= set(domain["intents"])
    assert len(found) > 80
    typed = [one for one in found.values() if len(one.examples["en"]) > 4]
    assert all(one.examples.keys() == {"en", "es"} for one in typed)


def test_a_sentence_is_there_in_each_language_and_channel() -> None:
    (ask,) = [
        [one for one in topic.sayings if one.name == "utter_ask_go_on"]
        for topic in TOPICS.values()
        if any(one.name == "utter_ask_go_on" for one in topic.sayings)
    ]
    assert {(one.language, one.channel) for one in ask} == {
        (language, channel)
        for language in ("en", "es")
        for channel in (None, "web", "telegram", "whatsapp")
    }
    assert all(one.reply.options for one in ask)


def test_a_rule_is_a_sequence() -> None:
    rules = [one for one in TOPICS["journeys"].rules if one.name == "Begin a journey"]
    (rule,) = rules
    assert rule.given == ("no open question",)
    assert rule.hears("safety_plan") and not rule.hears("ask_police")
    assert rule.steps[1:] == (
        Step("does", ("action_start_journey",)),
        Step("does", ("journey_form",)),
        Step("asks", ("journey_form",)),
    )


def test_a_topic_is_reviewed_when_all_of_its_files_are(tmp_path: Path) -> None:
    _write(tmp_path, "responses/night.yml", "# Review: by an advocate\nresponses: {}\n")
    example = "nlu:\n- intent: sleep\n  examples: |\n    - i can not sleep\n"
    english = _write(tmp_path, "nlu/en/night.yml", f"# Review: not yet reviewed by\n{example}")
    assert not load_conversation(tmp_path)["night"].reviewed
    english.write_text(f"# Review: by an advocate\n{example}", encoding="utf-8")
    assert load_conversation(tmp_path)["night"].reviewed


@pytest.mark.parametrize(
    "text", ["a: [", "just words", "nlu:\n- intent: x\n", "nlu: 5", "\x00", "nlu:\n- 7"]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    _write(tmp_path, "nlu/en/night.yml", text)
    with pytest.raises(BadContent):
        load_conversation(tmp_path)


def test_words_are_found_whatever_their_accents_and_case() -> None:
    found = INDEX.find("BOTON  rojo", 60)
    assert found and all("botón rojo" in one.text.casefold() for one in found)
    assert {one.kind for one in found} == {"says"}
    assert not any("tired" in one.text and " red" not in one.text for one in INDEX.find("red", 999))
    assert [one.name for one in INDEX.find("begin a journey", 60) if one.kind == "rule"]
    assert ("hears", "ask_who_sees") in {(p.kind, p.name) for p in INDEX.find("sees this", 60)}


def test_no_more_than_was_asked_for_and_nothing_for_nothing() -> None:
    assert len(INDEX.find("a", 60)) == 60
    for words in ("", "  ", "zzqx no such words"):
        assert INDEX.find(words, 60) == []


def _write(data: Path, name: str, text: str) -> Path:
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
