"""Names found again in what people read."""

from __future__ import annotations

from bot.flows.content import SHIPPED
from bot.flows.conversation import load_conversation
from bot.flows.naming import Naming

NAMING = Naming(SHIPPED)
SERVICE = "1. Harbor House shelter. Call 503-555-0100. Free."


def test_a_sentence_is_known_without_accents_and_with_what_is_filled_in() -> None:
    assert NAMING.name_of("OK.", "en") == "utter_care_exit"
    text = "Hola. Esto es Faro, un servicio automatico."
    assert not NAMING.matches(text, "utter_care_exit", "es")
    assert NAMING.name_of("nobody wrote this", "en") == "nobody wrote this"


def test_the_name_that_is_wanted_counts_where_it_fits() -> None:
    wanted = ["details"]
    assert NAMING.name_all([SERVICE], wanted, "en") == ["details"]
    assert NAMING.name_all([SERVICE], [], "en") == ["service"]
    assert NAMING.name_all(["OK."], ["no_such_sentence"], "en") == ["utter_care_exit"]


def test_a_reply_without_a_name_is_its_own() -> None:
    assert NAMING.name_all(["nobody wrote this"], [], "en") == ["nobody wrote this"]
    assert NAMING.name_all(["x y z"], ["x y z"], "en") == ["x y z"]


def test_each_channel_has_its_own_words() -> None:
    topics = load_conversation(SHIPPED / "data").values()
    told = {
        one.channel: one.reply.text
        for topic in topics
        for one in topic.sayings
        if (one.name, one.language) == ("utter_ask_go_on", "en")
    }
    assert {None, "telegram", "web", "whatsapp"} == set(told)
    for channel, text in told.items():
        fits = {one for one in told if NAMING.matches(text, "utter_ask_go_on", "en", one or "sms")}
        assert fits == {channel}
