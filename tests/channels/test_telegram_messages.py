"""What a person writes, sends and presses; and every update that is no message to the bot."""

from __future__ import annotations

from typing import Any

import pytest

from bot.care.screen import Kind, Screen
from bot.wire.inbound import Inbound
from channels import telegram
from channels.errors import NotAMessage
from tests.channels import telegram_updates as recorded
from tests.channels.telegram_updates import PERSON, UPDATE_ID, body


def text_of(content: object) -> str:
    """What is read of an update."""
    return telegram.parse(body(content)).untrusted_text


def test_a_message_is_read_whole() -> None:
    assert telegram.parse(body(recorded.written("Is anyone there?"))) == Inbound(
        channel="telegram",
        provider_id=str(UPDATE_ID),
        untrusted_address=str(PERSON),
        untrusted_text="Is anyone there?",
        media_count=0,
        opt_out_type=None,
        place_in_chat="365",
    )


def test_a_pressed_button_says_what_it_carries_and_has_no_place_in_the_chat() -> None:
    expected = Inbound("telegram", str(UPDATE_ID), str(PERSON), "Food")
    assert telegram.parse(body(recorded.pressed("Food"))) == expected


def test_a_button_may_stand_under_a_message_that_telegram_no_longer_shows() -> None:
    gone = {"chat": recorded.CHAT, "message_id": 364, "date": 0}
    assert text_of(recorded.pressed("Food", message=gone)) == "Food"


@pytest.mark.parametrize("kind", recorded.WORDLESS)
def test_what_has_no_words_is_counted_and_nothing_of_it_is_kept(kind: str) -> None:
    message = telegram.parse(body(recorded.WORDLESS[kind]))
    assert message == Inbound(
        "telegram", str(UPDATE_ID), str(PERSON), "", media_count=1, place_in_chat="365"
    )


def test_the_words_under_a_picture_are_read() -> None:
    photo = recorded.WORDLESS["photo"]["message"]["photo"]
    message = telegram.parse(body(recorded.message(photo=photo, caption="my arm")))
    assert (message.untrusted_text, message.media_count) == ("my arm", 1)


def test_forwarded_words_and_replies_are_words() -> None:
    origin = {"type": "hidden_user", "sender_user_name": "x", "date": 1795000000}
    earlier = recorded.written("before")["message"]
    assert text_of(recorded.message(text="hi", forward_origin=origin)) == "hi"
    assert text_of(recorded.message(text="hi", reply_to_message=earlier)) == "hi"


@pytest.mark.parametrize("broken", [7, "x", [], {}, [7], {"id": []}])
@pytest.mark.parametrize("field", ["from", "entities", "reply_to_message", "photo", "date"])
def test_a_field_that_does_not_matter_cannot_make_words_unreadable(
    field: str, broken: object
) -> None:
    assert text_of(recorded.message(**{"text": "he is here", field: broken})) == "he is here"


@pytest.mark.parametrize("kind", recorded.NO_MESSAGES)
def test_every_other_update_is_no_message(kind: str) -> None:
    with pytest.raises(NotAMessage):
        telegram.parse(body(recorded.NO_MESSAGES[kind]))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("/start", "START"),
        ("/START", "START"),
        ("/start@alder_bot", "START"),
        ("/start a1_-b", "START"),
        ("/start he is coming", "he is coming"),
        ("/exit", "exit"),
        ("/EXIT", "EXIT"),
        (" /salir", "salir"),
        ("//salir", "salir"),
        ("/ exit", "exit"),
        ("/exit@alder_bot", "exit"),
        ("/help", "help"),
        ("/help me he has a knife", "help me he has a knife"),
        ("/help\nhe has a knife", "help he has a knife"),
        ("/restart", "restart"),
        ("/0", "0"),
        ("/", "/"),
        ("1/2", "1/2"),
        ("and/or", "and/or"),
    ],
)
def test_a_command_is_read_as_words(typed: str, text: str) -> None:
    assert text_of(recorded.written(typed)) == text


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("/start", Kind.START),
        ("/exit", Kind.EXIT),
        ("/salir", Kind.EXIT),
        ("/Exit@alder_bot", Kind.EXIT),
        ("/stop", Kind.OPT_OUT),
    ],
)
def test_what_commands_mean_to_the_safety_rules(typed: str, kind: Kind) -> None:
    finding = Screen(("en", "es")).look(text_of(recorded.written(typed)))
    assert finding and finding.kind is kind


def test_a_button_that_looks_like_a_command_is_a_button() -> None:
    assert text_of(recorded.pressed("/start")) == "/start"


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        (r"\ud83d", "?"),
        (r"a\udc00b", "a?b"),
        (r"\ud83d\ude00", "😀"),
        (r"\u0000he\u0000lp", "help"),
    ],
)
@pytest.mark.parametrize("make", [recorded.written, recorded.pressed])
def test_halves_of_characters_and_zero_bytes_do_no_harm(make: Any, escaped: str, text: str) -> None:
    raw = body(make("@@")).replace(b"@@", escaped.encode())
    assert telegram.parse(raw).untrusted_text == text


def test_whatever_is_typed_comes_through_unchanged(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        whole = text.replace("\0", "")
        if not whole.lstrip().startswith("/"):
            assert text_of(recorded.written(text)) == whole


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel", "sender", "", None, 7, []])
def test_only_a_private_chat_is_a_persons(kind: object) -> None:
    for make in (recorded.message, lambda **chat: recorded.pressed("x", message={**chat})):
        with pytest.raises(NotAMessage):
            telegram.parse(body(make(text="hi", chat={"id": PERSON, "type": kind})))


@pytest.mark.parametrize("number", [None, 0, -5, True, 1.5, "7", [], {}, 2**63, 10**400])
def test_an_id_is_an_id_and_nothing_else(number: object) -> None:
    chat = {**recorded.CHAT, "id": number}
    for content in ({**recorded.written("hi"), "update_id": number}, recorded.message(chat=chat)):
        with pytest.raises(NotAMessage):
            telegram.parse(body(content))


@pytest.mark.parametrize("number", [None, 0, -5, True, 1.5, "7", [], {}, 2**63])
def test_a_message_without_a_place_is_read_all_the_same(number: object) -> None:
    message = telegram.parse(body(recorded.message(text="hi", message_id=number)))
    assert message.place_in_chat is None


@pytest.mark.parametrize("words", [7, True, [], {}, ["hi"], {"text": "hi"}])
def test_words_are_words_and_nothing_else(words: object) -> None:
    for content in (
        recorded.message(text=words),
        recorded.message(caption=words) if words else recorded.pressed(words),
        recorded.pressed(words),
    ):
        with pytest.raises(NotAMessage):
            telegram.parse(body(content))


@pytest.mark.parametrize(
    "raw", [b"", b"hi", b"null", b"[]", b"{}", b"1", b"NaN", b"\xff\xfe", b"\x00", b"9" * 5000]
)
def test_what_is_no_update_is_no_message(raw: bytes) -> None:
    with pytest.raises(NotAMessage):
        telegram.parse(raw)
    assert telegram.decide_call(raw) is None


@pytest.mark.parametrize("opening", [b"[", b'{"update_id":', b'{"message":['])
def test_endless_nesting_is_refused_calmly(opening: bytes) -> None:
    with pytest.raises(NotAMessage):
        telegram.parse(opening * 100_000)
