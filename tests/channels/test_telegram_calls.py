"""What is asked of Telegram at once: a group is left, a pressed button's clock is stopped."""

from __future__ import annotations

import pytest

from channels import telegram
from tests.channels import telegram_updates as recorded
from tests.channels.telegram_updates import GROUP, body

LEAVE = {"method": "leaveChat", "chat_id": GROUP}
ANSWER = {"method": "answerCallbackQuery", "callback_query_id": "21661543612345678"}


@pytest.mark.parametrize("kind", ["group", "joined a group", "channel", "a button in a group"])
def test_a_chat_that_many_read_is_left(kind: str) -> None:
    assert telegram.decide_call(body(recorded.NO_MESSAGES[kind])) == LEAVE


def test_a_pressed_button_is_answered() -> None:
    assert telegram.decide_call(body(recorded.pressed())) == ANSWER


def test_a_button_that_is_no_message_is_answered_too() -> None:
    assert telegram.decide_call(body(recorded.NO_MESSAGES["a game's button"])) == ANSWER


@pytest.mark.parametrize("query_id", [7, "", "é", "\ud83d", [], {}])
def test_a_button_without_an_id_cannot_be_answered(query_id: object) -> None:
    assert telegram.decide_call(body(recorded.pressed(id=query_id))) is None


@pytest.mark.parametrize("chat_id", ["\ud83d", 1.5, [], {}])
def test_a_group_without_an_id_cannot_be_left(chat_id: object) -> None:
    chat = {"id": chat_id, "title": "x", "type": "group"}
    assert telegram.decide_call(body(recorded.message(text="hi", chat=chat))) is None


@pytest.mark.parametrize("kind", ["edited", "blocked", "pinned", "reaction", "nothing"])
def test_nothing_is_asked_about_the_rest(kind: str) -> None:
    assert telegram.decide_call(body(recorded.NO_MESSAGES[kind])) is None


def test_nothing_is_asked_about_a_message() -> None:
    assert telegram.decide_call(body(recorded.written("hi"))) is None
    assert telegram.decide_call(body(recorded.WORDLESS["photo"])) is None
