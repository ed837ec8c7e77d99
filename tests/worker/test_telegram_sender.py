"""What is sent and erased through Telegram, and what is made of each of its answers."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.settings import Secret, Settings, Telegram, load
from bot.wire.lanes import Lane
from bot.wire.outcomes import Later, Never, Outcome, Sent, Stopped
from bot.wire.turns import Option, Reply
from tests.fakes.telegram import BURST, Fault
from tests.fakes.telegram_server import TelegramServer
from tests.worker.conftest import SECRET
from worker.telegram_sender import TelegramSender, set_webhook

PERSON = 5035550142
HI = Reply("Are you safe to talk?", (Option("Yes", "/affirm"), Option("a" * 65, "/deny")))

Result = TypeVar("Result")


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of ``work``."""
    return asyncio.run(work)


def send(account: Telegram, reply: Reply = HI, timeout: float = 10.0) -> Outcome:
    """Send ``reply`` to the person."""
    return run(TelegramSender(account, timeout).send(str(PERSON), reply, "https://x.example"))


def erase(account: Telegram, places: list[int]) -> Outcome:
    """Erase messages of the person's chat."""
    return run(TelegramSender(account).erase(str(PERSON), [str(place) for place in places]))


def test_a_reply_arrives_with_its_buttons(telegram: TelegramServer, account: Telegram) -> None:
    telegram.telegram.open_chat(PERSON)
    outcome = send(account)
    (message,) = telegram.telegram.sent(PERSON)
    assert outcome == Sent(str(message.message_id))
    assert message.text == HI.text
    assert [row[0]["callback_data"] for row in message.buttons] == ["Yes", "2"]


def test_nothing_is_asked_but_to_send(telegram: TelegramServer, account: Telegram) -> None:
    telegram.telegram.open_chat(PERSON)
    send(account)
    assert [call.method for call in telegram.telegram.calls] == ["sendmessage"]


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("blocked", Stopped("blocked")),
        ("deactivated", Stopped("account gone")),
        ("never started", Never("never started")),
    ],
)
def test_a_closed_chat(
    telegram: TelegramServer, account: Telegram, state: str, outcome: Outcome
) -> None:
    telegram.telegram.open_chat(PERSON, state=state)
    assert send(account) == outcome


def test_a_chat_that_is_not_there(account: Telegram) -> None:
    assert send(account) == Never("no such chat")


def test_too_fast(telegram: TelegramServer, account: Telegram) -> None:
    telegram.telegram.open_chat(PERSON)

    async def flood() -> list[Outcome]:
        sender = TelegramSender(account)
        return [await sender.send(str(PERSON), HI, "") for _ in range(BURST + 1)]

    assert run(flood())[-1] == Later("too many requests", 1.0)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_trouble_at_telegram(telegram: TelegramServer, account: Telegram, status: int) -> None:
    telegram.telegram.open_chat(PERSON)
    telegram.telegram.faults["sendmessage"].append(Fault(status=status))
    assert isinstance(send(account), Later)
    assert isinstance(send(account), Sent)


@pytest.mark.parametrize("fault", [Fault(dropped=True), Fault(seconds=30)])
def test_an_answer_that_never_comes_leaves_a_doubt(
    telegram: TelegramServer, account: Telegram, fault: Fault
) -> None:
    telegram.telegram.open_chat(PERSON)
    telegram.telegram.faults["sendmessage"].append(fault)
    assert send(account, timeout=0.5) == Later("unreachable", unsure=True)
    assert len(telegram.telegram.sent(PERSON)) == 1


def test_nobody_there(account: Telegram) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    away = replace(account, api_base=f"http://127.0.0.1:{port}")
    assert send(away) == Later("unreachable", unsure=True)


@pytest.mark.parametrize("token", ["123456:another-token-that-nobody-has-x-x-x", "x"])
def test_refused_credentials(telegram: TelegramServer, account: Telegram, token: str) -> None:
    telegram.telegram.open_chat(PERSON)
    assert send(replace(account, token=Secret(token))) == Later("credentials refused")


def find(account: Telegram, after: int | None) -> list[str]:
    """What the next attempt finds behind the last place it knows of."""
    place = None if after is None else str(after)
    now = datetime.now(UTC)
    return run(TelegramSender(account).find_sent(str(PERSON), HI, now, place))


@pytest.mark.parametrize("others", [0, 7])
def test_what_telegram_took_without_a_word_is_found(
    telegram: TelegramServer, account: Telegram, others: int
) -> None:
    last = write(telegram)
    for number in range(others):
        telegram.telegram.write(PERSON + 1 + number, "hi")
    telegram.telegram.faults["sendmessage"].append(Fault(dropped=True))
    assert isinstance(send(account), Later)
    [taken] = telegram.telegram.sent(PERSON)
    assert find(account, last) == [str(taken.message_id)]
    assert [m.text for m in telegram.telegram.sent(PERSON)] == [taken.text]


def test_nothing_is_found_where_nothing_was_taken(
    telegram: TelegramServer, account: Telegram
) -> None:
    last = write(telegram)
    write(telegram)
    assert find(account, last) == []
    assert find(account, None) == []


def test_both_sides_messages_are_erased(telegram: TelegramServer, account: Telegram) -> None:
    theirs = [write(telegram) for _ in range(99)]
    assert isinstance(sent := send(account), Sent)
    assert erase(account, [*theirs, int(sent.provider_id)]) == Sent("")
    assert telegram.telegram.chats[PERSON].messages == {}
    assert len(telegram.telegram.made("deleteMessages")) == 1


def test_messages_that_are_gone_are_done(telegram: TelegramServer, account: Telegram) -> None:
    place = write(telegram)
    for _ in range(2):
        assert erase(account, [place]) == Sent("")
    assert erase(account, []) == Sent("")


@pytest.mark.parametrize("in_part", [True, False])
def test_an_old_message_does_not_protect_the_others(
    telegram: TelegramServer, account: Telegram, in_part: bool
) -> None:
    telegram.telegram.deletes_in_part = in_part
    places = [write(telegram) for _ in range(100)]
    for old in (places[0], places[57]):
        telegram.telegram.age(PERSON, old)
    assert erase(account, places) == Sent("")
    assert list(telegram.telegram.chats[PERSON].messages) == [places[0], places[57]]


def test_a_chat_that_is_gone_needs_no_erasing(telegram: TelegramServer, account: Telegram) -> None:
    assert erase(account, [1, 2, 3]) == Sent("")
    assert len(telegram.telegram.made("deleteMessages")) == 1


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(dropped=True)])
def test_what_could_not_be_erased_is_erased_later(
    telegram: TelegramServer, account: Telegram, fault: Fault
) -> None:
    places = [write(telegram) for _ in range(3)]
    telegram.telegram.faults["deletemessages"].append(fault)
    assert isinstance(erase(account, places), Later)
    assert erase(account, places) == Sent("")
    assert telegram.telegram.chats[PERSON].messages == {}


def test_trouble_in_the_middle_is_told(telegram: TelegramServer, account: Telegram) -> None:
    places = [write(telegram) for _ in range(4)]
    telegram.telegram.age(PERSON, places[0])
    telegram.telegram.faults["deletemessages"].extend([Fault(), Fault(status=500)])
    assert isinstance(erase(account, places), Later)


def test_the_speed_limits_the_widest_first(account: Telegram) -> None:
    lanes = TelegramSender(account).lanes("7")
    assert lanes == (Lane("telegram", 30), Lane("telegram:7", 1))


def test_the_screen_is_cleared_on_exit(account: Telegram) -> None:
    assert TelegramSender(account).clears_screen


def test_a_webhook_is_set_with_its_secret(telegram: TelegramServer, tmp_path: Path) -> None:
    assert run(set_webhook(settings(telegram, tmp_path))) == Sent("")
    assert telegram.telegram.webhook == ("https://chat.example/telegram", SECRET)
    (call,) = telegram.telegram.made("setWebhook")
    assert call.fields["allowed_updates"] == '["message", "callback_query"]'


def test_nothing_that_waits_is_lost_with_a_new_webhook(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    write(telegram)
    for mode in ("webhook", "polling"):
        assert run(set_webhook(settings(telegram, tmp_path, TELEGRAM_MODE=mode))) == Sent("")
    assert telegram.telegram.unacknowledged == 1


def test_polling_takes_the_webhook_away(telegram: TelegramServer, tmp_path: Path) -> None:
    run(set_webhook(settings(telegram, tmp_path)))
    assert run(set_webhook(settings(telegram, tmp_path, TELEGRAM_MODE="polling"))) == Sent("")
    assert telegram.telegram.webhook == ("", "")


def test_an_address_that_telegram_does_not_call(telegram: TelegramServer, tmp_path: Path) -> None:
    changed = settings(telegram, tmp_path, WAYMARK_PUBLIC_URL="http://127.0.0.1:8000")
    assert run(set_webhook(changed)) == Never("address refused")


def test_a_house_without_telegram_sets_nothing(telegram: TelegramServer, tmp_path: Path) -> None:
    without = replace(settings(telegram, tmp_path), telegram=None)
    assert run(set_webhook(without)) == Never("channel off")
    assert telegram.telegram.calls == []


def write(telegram: TelegramServer) -> int:
    """The person writes; the message's place in the chat."""
    return int(telegram.telegram.write(PERSON, "hi")["message"]["message_id"])


def settings(telegram: TelegramServer, home: Path, **changed: str) -> Settings:
    """The settings of a house with Telegram."""
    return load(
        {
            "WAYMARK_HOME": str(home),
            "WAYMARK_PUBLIC_URL": "https://chat.example",
            "TELEGRAM_BOT_TOKEN": "123456:FAKE-token-that-no-real-bot-can-have",
            "TELEGRAM_SECRET": SECRET,
            "TELEGRAM_API_BASE": telegram.api_base,
            **changed,
        }
    )
