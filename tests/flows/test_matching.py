"""The rule that a turn followed is found by what ran."""

from __future__ import annotations

from bot.flows.content import SHIPPED
from bot.flows.conversation import load_conversation
from bot.flows.matching import find_rule

TOPICS = load_conversation(SHIPPED / "data").values()


def test_the_rule_of_what_was_meant_and_done() -> None:
    rule = find_rule(TOPICS, "need_legal", ["action_choose_need", "help_form"])
    assert rule is not None and rule.name == "A need named outside of the questions"
    assert rule.topic == "help"


def test_what_no_rule_does_followed_none() -> None:
    assert find_rule(TOPICS, "need_legal", ["help_form"]) is None
    assert find_rule(TOPICS, "need_legal", []) is None
    assert find_rule(TOPICS, "no_such", ["action_choose_need", "help_form"]) is None
