"""EXIT on Telegram: both sides' messages go from the screen, and nothing more is said."""

from __future__ import annotations

import json

import pytest

from bot.settings import Settings, Telegram
from tests.fakes.telegram import Fault
from tests.fakes.telegram_server import TelegramServer
from tests.records import Records
from tests.worker.telegram_room import PERSON, in_house, take, talk
from worker.erase import erase_traces
from worker.errors import TryLater
from worker.house import House


@pytest.mark.parametrize("word", ["/exit", "EXIT", "/salir", "0"])
def test_both_sides_messages_go_and_nothing_more_is_said(
    telegram: TelegramServer, account: Telegram, settings: Settings, word: str
) -> None:
    async def work(house: House) -> None:
        await talk(house, telegram, "hi")
        assert len(telegram.telegram.sent(PERSON)) == 1
        person_id = await talk(house, telegram, word)
        await erase_traces(house, person_id)

    in_house(settings, account, work)
    assert telegram.telegram.chats[PERSON].messages == {}
    assert len(telegram.telegram.made("sendMessage")) == 1
    assert Records(settings).query("SELECT FROM trace") == []


def test_many_messages_go_in_batches_of_a_hundred(
    telegram: TelegramServer, account: Telegram, settings: Settings
) -> None:
    async def work(house: House) -> None:
        for number in range(104):
            await take(house, telegram.telegram.write(PERSON, f"hi {number}"))
        person_id = await take(house, telegram.telegram.write(PERSON, "/exit"))
        await erase_traces(house, person_id)

    in_house(settings, account, work)
    assert telegram.telegram.chats[PERSON].messages == {}
    sizes = [
        len(json.loads(call.fields["message_ids"]))
        for call in telegram.telegram.made("deleteMessages")
    ]
    assert sizes == [100, 5]


def test_what_cannot_be_erased_now_is_erased_later(
    telegram: TelegramServer, account: Telegram, settings: Settings
) -> None:
    telegram.telegram.faults["deletemessages"].append(Fault(status=503))

    async def work(house: House) -> None:
        person_id = await talk(house, telegram, "/exit")
        with pytest.raises(TryLater):
            await erase_traces(house, person_id)
        await erase_traces(house, person_id)

    in_house(settings, account, work)
    assert telegram.telegram.chats[PERSON].messages == {}


def test_start_is_heard_after_the_bot_was_blocked(
    telegram: TelegramServer, account: Telegram, settings: Settings
) -> None:
    """Telegram shows who comes back one button and no other, and it says ``/start``."""
    chat = telegram.telegram.open_chat(PERSON)

    async def work(house: House) -> None:
        chat.state = "blocked"
        await talk(house, telegram, "hi")
        assert Records(settings).opted_out("telegram", str(PERSON))
        chat.state = "open"
        await talk(house, telegram, "/start")

    in_house(settings, account, work)
    assert not Records(settings).opted_out("telegram", str(PERSON))
    assert len(telegram.telegram.sent(PERSON)) == 1
