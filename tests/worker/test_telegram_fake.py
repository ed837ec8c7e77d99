"""The fake checks what Telegram checks, or every test that stands on it says nothing."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.fakes.telegram import BURST, IN_ALL, TOKEN, Fault
from tests.fakes.telegram_server import TelegramServer
from tests.plain import PLAIN

PERSON = 5035550142


def call(server: TelegramServer, method: str, token: str = TOKEN, **fields: Any) -> httpx.Response:
    """Make a call as any client may."""
    url = f"{server.api_base}/bot{token}/{method}"
    return httpx.post(url, data=fields, trust_env=False, verify=PLAIN)


def refusal(server: TelegramServer, method: str, **fields: Any) -> tuple[int, str]:
    """The status and the description of a refused call."""
    answer = call(server, method, **fields)
    told = answer.json()
    assert told["ok"] is False and told["error_code"] == answer.status_code
    return answer.status_code, told["description"]


def send(server: TelegramServer, **fields: Any) -> httpx.Response:
    """Send a message to the person."""
    return call(server, "sendMessage", **{"chat_id": PERSON, "text": "hi", **fields})


def keyboard(*buttons: dict[str, Any]) -> str:
    """A keyboard of one row."""
    return json.dumps({"inline_keyboard": [list(buttons)]})


@pytest.mark.parametrize(("token", "status"), [("x", 404), (TOKEN + "x", 401), ("1:A", 401)])
def test_only_its_own_token_is_taken(telegram: TelegramServer, token: str, status: int) -> None:
    assert call(telegram, "getMe", token).status_code == status
    assert call(telegram, "getme").json()["result"]["is_bot"]


def test_unknown_methods_are_not_found(telegram: TelegramServer) -> None:
    assert refusal(telegram, "sendTelegram") == (404, "Not Found")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"chat_id": "", "text": "hi"}, "chat_id is empty"),
        ({"chat_id": "1", "text": "hi"}, "chat not found"),
        ({"chat_id": "x", "text": "hi"}, "chat not found"),
        ({"chat_id": PERSON, "text": ""}, "message text is empty"),
        ({"chat_id": PERSON, "text": " \n"}, "message text is empty"),
        ({"chat_id": PERSON, "text": "a" * 4097}, "message is too long"),
        ({"chat_id": PERSON, "text": "😀" * 2049}, "message is too long"),
        (
            {"chat_id": PERSON, "text": "hi", "reply_markup": "x"},
            "can't parse reply keyboard markup JSON object",
        ),
        (
            {"chat_id": PERSON, "text": "hi", "reply_markup": "{}"},
            "object expected as reply markup",
        ),
    ],
)
def test_a_message_that_is_wrong_is_refused(
    telegram: TelegramServer, fields: dict[str, Any], told: str
) -> None:
    telegram.telegram.open_chat(PERSON)
    assert refusal(telegram, "sendMessage", **fields) == (400, f"Bad Request: {told}")
    assert telegram.telegram.sent(PERSON) == []


@pytest.mark.parametrize(
    ("data", "taken"), [("", False), ("a", True), ("a" * 64, True), ("a" * 65, False)]
)
def test_a_button_carries_1_to_64_bytes(telegram: TelegramServer, data: str, taken: bool) -> None:
    telegram.telegram.open_chat(PERSON)
    answer = send(telegram, reply_markup=keyboard({"text": "x", "callback_data": data}))
    assert answer.is_success is taken


@pytest.mark.parametrize("button", [{"text": ""}, {"text": "x"}, {"callback_data": "x"}])
def test_a_button_needs_words_and_something_to_carry(
    telegram: TelegramServer, button: dict[str, str]
) -> None:
    telegram.telegram.open_chat(PERSON)
    assert send(telegram, reply_markup=keyboard(button)).status_code == 400


@pytest.mark.parametrize("state", ["blocked", "deactivated", "never started"])
def test_a_closed_chat_takes_nothing(telegram: TelegramServer, state: str) -> None:
    telegram.telegram.open_chat(PERSON, state=state)
    assert send(telegram).status_code == 403


def test_one_message_a_second_in_a_chat_after_a_short_burst(telegram: TelegramServer) -> None:
    telegram.telegram.open_chat(PERSON)
    answers = [send(telegram) for _ in range(BURST + 1)]
    assert [answer.status_code for answer in answers] == [200] * BURST + [429]
    assert answers[-1].json()["parameters"] == {"retry_after": 1}


def test_thirty_messages_a_second_in_all(telegram: TelegramServer) -> None:
    people = range(PERSON, PERSON + 3 * int(IN_ALL))
    for person in people:
        telegram.telegram.open_chat(person)
    taken = [telegram_takes(telegram, person) for person in people]
    assert taken[: int(IN_ALL)] == [True] * int(IN_ALL)
    assert not all(taken)


def telegram_takes(server: TelegramServer, person: int) -> bool:
    """Whether a message is taken, without the way through a socket that would slow us down."""
    return server.telegram.tries("sendMessage", {"chat_id": person, "text": "hi"})


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"action": "typing"}, "chat_id is empty"),
        ({"chat_id": PERSON + 1, "action": "typing"}, "chat not found"),
        ({"chat_id": PERSON}, "wrong parameter action in request"),
        ({"chat_id": PERSON, "action": "writing"}, "wrong parameter action in request"),
    ],
)
def test_a_bot_is_seen_to_do_one_of_a_few_things(
    telegram: TelegramServer, fields: dict[str, Any], told: str
) -> None:
    telegram.telegram.open_chat(PERSON)
    assert refusal(telegram, "sendChatAction", **fields) == (400, f"Bad Request: {told}")
    assert call(telegram, "sendChatAction", chat_id=PERSON, action="typing").json()["result"]


def test_nothing_is_seen_in_a_closed_chat(telegram: TelegramServer) -> None:
    telegram.telegram.open_chat(PERSON, state="blocked")
    assert refusal(telegram, "sendChatAction", chat_id=PERSON, action="typing")[0] == 403


@pytest.mark.parametrize(
    ("ids", "told"),
    [
        ("[]", "message identifiers are not specified"),
        (json.dumps(list(range(1, 102))), "too many message identifiers specified"),
        ("[0]", "invalid message identifier specified"),
        ("7", "expected an Array of message identifiers"),
        ("x", "can't parse message identifiers JSON object"),
    ],
)
def test_1_to_100_messages_are_deleted_at_once(
    telegram: TelegramServer, ids: str, told: str
) -> None:
    telegram.telegram.open_chat(PERSON)
    refused = refusal(telegram, "deleteMessages", chat_id=PERSON, message_ids=ids)
    assert refused == (400, f"Bad Request: {told}")


def test_both_sides_messages_are_deleted_and_missing_ones_passed_over(
    telegram: TelegramServer,
) -> None:
    theirs = telegram.telegram.write(PERSON, "hi")["message"]["message_id"]
    ours = send(telegram).json()["result"]["message_id"]
    ids = json.dumps([theirs, ours, 999])
    assert call(telegram, "deleteMessages", chat_id=PERSON, message_ids=ids).json()["result"]
    assert telegram.telegram.chats[PERSON].messages == {}


def test_a_message_of_another_chat_is_not_deleted(telegram: TelegramServer) -> None:
    telegram.telegram.open_chat(PERSON + 1)
    theirs = telegram.telegram.write(PERSON, "hi")["message"]["message_id"]
    ids = json.dumps([theirs])
    assert call(telegram, "deleteMessages", chat_id=PERSON + 1, message_ids=ids).is_success
    assert theirs in telegram.telegram.chats[PERSON].messages


def test_an_old_message_cannot_be_deleted(telegram: TelegramServer) -> None:
    old, new = (telegram.telegram.write(PERSON, "hi")["message"]["message_id"] for _ in "12")
    telegram.telegram.age(PERSON, old)
    fields = {"chat_id": PERSON, "message_ids": json.dumps([old, new])}
    assert refusal(telegram, "deleteMessages", **fields)[0] == 400
    telegram.telegram.deletes_in_part = True
    assert call(telegram, "deleteMessages", **fields).is_success
    assert list(telegram.telegram.chats[PERSON].messages) == [old]


def test_a_pressed_button_is_answered_once(telegram: TelegramServer) -> None:
    telegram.telegram.open_chat(PERSON)
    send(telegram, reply_markup=keyboard({"text": "x", "callback_data": "x"}))
    query_id = telegram.telegram.press(PERSON, "x")["callback_query"]["id"]
    assert call(telegram, "answerCallbackQuery", callback_query_id=query_id).is_success
    for unknown in (query_id, "7", ""):
        assert refusal(telegram, "answerCallbackQuery", callback_query_id=unknown)[0] == 400


def test_a_group_can_be_left_once_and_a_person_never(telegram: TelegramServer) -> None:
    telegram.telegram.open_chat(-7, "supergroup")
    telegram.telegram.open_chat(PERSON)
    assert call(telegram, "leaveChat", chat_id=-7).is_success
    assert refusal(telegram, "leaveChat", chat_id=-7)[0] == 403
    assert refusal(telegram, "leaveChat", chat_id=PERSON)[0] == 400


@pytest.mark.parametrize(
    ("url", "secret", "taken"),
    [
        ("https://chat.example/telegram", "a-B_9", True),
        ("https://chat.example:8443/telegram", "", True),
        ("http://chat.example/telegram", "a", False),
        ("https://chat.example:8000/telegram", "a", False),
        ("https://chat.example/telegram", "a b", False),
        ("https://chat.example/telegram", "a" * 257, False),
    ],
)
def test_a_webhook_is_checked(telegram: TelegramServer, url: str, secret: str, taken: bool) -> None:
    answer = call(telegram, "setWebhook", url=url, secret_token=secret)
    assert answer.is_success is taken
    assert (telegram.telegram.webhook == (url, secret)) is taken


def test_what_telegram_tells_about_a_webhook(telegram: TelegramServer) -> None:
    telegram.telegram.write(PERSON, "hi")
    call(telegram, "setWebhook", url="https://chat.example/telegram")
    told = call(telegram, "getWebhookInfo").json()["result"]
    assert (told["url"], told["pending_update_count"]) == ("https://chat.example/telegram", 1)
    call(telegram, "setWebhook", url="https://chat.example/", drop_pending_updates="true")
    assert call(telegram, "getWebhookInfo").json()["result"]["pending_update_count"] == 0


def test_updates_are_fetched_until_they_are_acknowledged(telegram: TelegramServer) -> None:
    first, second = (telegram.telegram.write(PERSON, text) for text in ("a", "b"))
    for _ in range(2):
        assert call(telegram, "getUpdates", offset=1).json()["result"] == [first, second]
    assert call(telegram, "getUpdates", limit=1).json()["result"] == [first]
    rest = call(telegram, "getUpdates", offset=second["update_id"]).json()["result"]
    assert rest == [second]
    assert telegram.telegram.unacknowledged == 1


def test_only_the_kinds_that_are_asked_for_are_kept(telegram: TelegramServer) -> None:
    call(telegram, "getUpdates", allowed_updates='["message"]')
    telegram.telegram.tell("poll", {})
    assert call(telegram, "getUpdates").json()["result"] == []
    assert refusal(telegram, "getUpdates", allowed_updates="message")[0] == 400


def test_who_has_a_webhook_cannot_fetch(telegram: TelegramServer) -> None:
    call(telegram, "setWebhook", url="https://chat.example/telegram")
    assert refusal(telegram, "getUpdates")[0] == 409
    call(telegram, "deleteWebhook")
    assert call(telegram, "getUpdates").is_success


def test_faults_happen_to_one_call_each(telegram: TelegramServer) -> None:
    telegram.telegram.open_chat(PERSON)
    telegram.telegram.faults["sendmessage"].extend([Fault(status=500), Fault(dropped=True)])
    assert send(telegram).status_code == 500
    with pytest.raises(httpx.RemoteProtocolError):
        send(telegram)
    assert send(telegram).is_success
    assert len(telegram.telegram.sent(PERSON)) == 2, "what was dropped was taken"
