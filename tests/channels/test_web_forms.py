"""What a form without script posts, and what anyone else may post in its place."""

from __future__ import annotations

import uuid
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire.inbound import Inbound
from channels import web
from channels.errors import NotAMessage

ID = "7d3c2f60-0000-4000-8000-000000000001"
NAMES = st.sampled_from(["id", "text", "choice", "session", "after", "lang", "speak", "again"])


def test_form_is_read_whole() -> None:
    form = {"id": ID, "text": "hi", "session": "other", "after": "3"}
    assert web.parse_form(form, "a") == Inbound("web", f"a:{ID}", "a", "hi")


def test_button_that_sent_the_form_is_what_was_said() -> None:
    assert web.parse_form({"id": ID, "text": "", "choice": "Yes"}, "a").untrusted_text == "Yes"


def test_form_and_script_name_a_message_alike() -> None:
    body = f'{{"id": "{ID}", "text": "hi"}}'.encode()
    assert web.parse_form({"id": ID.upper(), "text": "hi"}, "a") == web.parse(body, "a")


@pytest.mark.parametrize(
    "form", [{}, {"text": "hi"}, {"id": ID}, {"id": "", "text": "hi"}, {"id": "1", "text": "hi"}]
)
def test_form_that_lacks_a_part_is_no_message(form: dict[str, str]) -> None:
    with pytest.raises(NotAMessage):
        web.parse_form(form, "a")


@given(st.dictionaries(NAMES | st.text(), st.text() | st.uuids().map(str)))
def test_no_form_breaks_the_channel(form: dict[str, str]) -> None:
    with suppress(NotAMessage):
        message = web.parse_form(form, "a")
        message.untrusted_text.encode("utf-8")
        assert "\0" not in message.untrusted_text
        assert message.provider_id == f"a:{uuid.UUID(form['id'])}"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_text_comes_through(text: str) -> None:
    if not text:
        return
    assert web.parse_form({"id": ID, "text": text}, "a").untrusted_text == text.replace("\0", "")
