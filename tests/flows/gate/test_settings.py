"""What the gate says of a site's settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.care.kinds import Kind
from bot.flows.conversation import Intent, Topic
from bot.flows.gate import RULES, Content
from bot.site_offer import Offer
from bot.wire.meaning import Thresholds
from tests.flows.gate.writing import SITE, show, write


def site(**changed: Any) -> Content:
    return replace(write(), site=replace(SITE, **changed))


@pytest.mark.parametrize(
    "number",
    ["911", "988", "88788", "1-800-799-7233", "+1 (800) 799.7233", "1-800-555-0100",
     "+52 55 5259 8121", "2222 3333"],
)  # fmt: skip
def test_a_number_that_can_be_dialled_passes(number: str) -> None:
    assert not list(RULES["unlikely_line"](site(facts={"dv_line": number, "contact": "x"})))


@pytest.mark.parametrize(
    "number",
    ["", " ", "12", "1-800-799-SAFE", "call us", "1-800-799-723", "1-800-799-72333", "7997233",
     "1234567890123456", "911 or 112", "+", "-911"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["emergency", "dv_line", "trafficking_text"])
def test_a_number_that_nobody_can_dial_is_found(name: str, number: str) -> None:
    assert show(RULES["unlikely_line"](site(facts={name: number}))) == [f"site {name}"]


def heard(*examples: str, intent: str = "need_food") -> Content:
    known = (Intent(intent, "night", {"en": examples}),)
    return replace(write(), topics={"night": Topic("night", reviewed=True, intents=known)})


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"exit_words": ("Dinner!",)}, ["site exit"]),
        ({"exit_words": ("ok",)}, ["site exit"]),
        ({"exit_words": ("soup", "red lamp")}, []),
        ({"danger_words": {Kind.CHILD: ("Súp",)}}, []),
        ({"danger_words": {Kind.CHILD: ("SOUP",)}}, ["site danger_child"]),
        ({"danger_words": {Kind.DANGER: ("a.b",)}}, ["site danger_violence_now"]),
        ({"danger_words": {Kind.SUICIDE: ("hot soup",)}}, []),
    ],
)
def test_a_word_of_everyday_talk_is_found(words: dict[str, Any], found: list[str]) -> None:
    said = heard("dinner", "some soup please", "hot soup", "is there soup or hot soup", "soups")
    assert show(RULES["everyday_word"](replace(said, site=replace(SITE, **words)))) == found


def test_what_people_say_of_danger_is_no_everyday_talk() -> None:
    words = replace(SITE, danger_words={Kind.DANGER: ("knife",)})
    for intent in ("danger_violence", "tell_physical", "from_harmer"):
        said = heard("a knife", "the knife", "his knife", intent=intent)
        assert not list(RULES["everyday_word"](replace(said, site=words)))
    said = heard("a knife", "the knife", "his knife")
    assert list(RULES["everyday_word"](replace(said, site=words)))


def test_settings_that_pass_over_somebody_are_found() -> None:
    rule = RULES["weaker_safety"]
    assert not list(rule(site(thresholds=Thresholds(danger_from=0.5), offer=Offer(3))))
    found = rule(site(thresholds=Thresholds(danger_from=0.51), offer=Offer(4)))
    assert show(found) == ["site danger_from", "site after_misunderstood"]


def test_settings_that_are_refused_and_needs_that_nobody_knows_are_found() -> None:
    rule = RULES["bad_setting"]
    (refused,) = rule(replace(write(), refused="needs in [desk] more"))
    assert "It needs in [desk] more. Change it" in refused.reason
    content = replace(
        write(intents=("need_legal",)), site=replace(SITE, offer=Offer(3, ("legal",)))
    )
    assert not list(rule(content))
    assert show(rule(replace(content, site=replace(SITE, offer=Offer(3, ("law",)))))) == [
        "site for_needs"
    ]
