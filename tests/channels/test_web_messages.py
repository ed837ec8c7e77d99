"""What our page posts, and what anyone else may post in its place."""

from __future__ import annotations

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire.inbound import Inbound
from channels import web
from channels.errors import NotAMessage

ID = "7d3c2f60-0000-4000-8000-000000000001"
OTHER_ID = "7d3c2f60-0000-4000-8000-000000000002"


def post(text: object = "hi", message_id: object = ID, **more: object) -> bytes:
    """A body as the page writes it."""
    return json.dumps({"id": message_id, "text": text, **more}).encode()


def test_a_message_of_the_page_is_read_whole() -> None:
    expected = Inbound("web", f"session-1:{ID}", "session-1", "hi")
    assert web.parse(post(), "session-1") == expected
    assert web.parse(post(channel="sms", address="+15035550142"), "session-1") == expected


def test_a_message_sent_twice_has_one_id_in_its_session() -> None:
    first, again = web.parse(post(), "a"), web.parse(post("hi again"), "a")
    assert first.provider_id == again.provider_id
    assert web.parse(post(message_id=ID.upper()), "a").provider_id == first.provider_id


def test_other_messages_and_other_sessions_have_other_ids() -> None:
    bodies = [post(), post(message_id=OTHER_ID)]
    ids = {web.parse(body, session).provider_id for body in bodies for session in ("a", "b")}
    assert len(ids) == 4


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hi",
        b"id=1&text=hi",
        b'{"id": "' + ID.encode(),
        b"\xff\xfe\xfd",
        b"\x00",
        b"null",
        b"true",
        b"1",
        b'"text"',
        b"[]",
        b"{}",
        b"NaN",
        b"9" * 5000,
    ],
)
def test_what_is_not_an_object_of_ours_is_no_message(body: bytes) -> None:
    with pytest.raises(NotAMessage):
        web.parse(body, "a")


@pytest.mark.parametrize("value", [None, True, 1, 1.5, [], ["hi"], {}, {"text": "hi"}])
def test_words_are_words_and_nothing_else(value: object) -> None:
    with pytest.raises(NotAMessage):
        web.parse(post(text=value), "a")


@pytest.mark.parametrize(
    "value", [None, True, 1, 1.5, [], [ID], {}, "", "1", ID[:-1], ID + "0", "x" * 32, "9" * 9999]
)
def test_an_id_is_an_id_and_nothing_else(value: object) -> None:
    with pytest.raises(NotAMessage):
        web.parse(post(message_id=value), "a")


@pytest.mark.parametrize("missing", ["id", "text"])
def test_a_message_needs_both_its_parts(missing: str) -> None:
    whole = {"id": ID, "text": "hi"}
    with pytest.raises(NotAMessage):
        web.parse(json.dumps({k: v for k, v in whole.items() if k != missing}).encode(), "a")


@pytest.mark.parametrize("opening", [b"[", b'{"id":', b'{"text":['])
def test_endless_nesting_is_refused_calmly(opening: bytes) -> None:
    with pytest.raises(NotAMessage):
        web.parse(opening * 100_000, "a")


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        (r"\ud83d", "?"),
        (r"a\udc00b", "a?b"),
        (r"\udc00\ud83d", "??"),
        (r"\ud83d\ude00", "😀"),
        (r"\u0000he\u0000lp", "help"),
    ],
)
def test_halves_of_characters_and_zero_bytes_do_no_harm(escaped: str, text: str) -> None:
    body = f'{{"id": "{ID}", "text": "{escaped}"}}'.encode()
    assert web.parse(body, "a").untrusted_text == text


def test_whatever_is_typed_comes_through_unchanged(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        whole = text.replace("\0", "")
        assert web.parse(post(text), "a").untrusted_text == whole
        raw = json.dumps({"id": ID, "text": text}, ensure_ascii=False).encode()
        assert web.parse(raw, "a").untrusted_text == whole


def test_no_string_is_an_id_by_chance(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        with pytest.raises(NotAMessage):
            web.parse(post(message_id=text), "a")


@given(st.binary())
def test_no_bytes_break_the_channel(body: bytes) -> None:
    with pytest.raises(NotAMessage):
        web.parse(body, "a")


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_no_value_breaks_the_channel(value: object) -> None:
    with pytest.raises(NotAMessage):
        web.parse(json.dumps({"id": value, "text": value}).encode(), "a")


@given(st.uuids(), st.text())
def test_what_is_read_can_be_stored(message_id: uuid.UUID, text: str) -> None:
    message = web.parse(post(text, str(message_id)), "a")
    assert message.provider_id == f"a:{message_id}"
    assert "\0" not in message.untrusted_text
    message.untrusted_text.encode("utf-8")
