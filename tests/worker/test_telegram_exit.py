"""EXIT on Telegram: both sides' messages go from the screen, and nothing more is said."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings, Telegram
from bot.store.inbox import save_inbound
from channels.telegram import parse
from tests.fakes.telegram import TOKEN, Fault
from tests.fakes.telegram_server import TelegramServer
from tests.records import Records
from tests.worker.conftest import SECRET, open_settings
from worker.deliver import deliver_replies
from worker.erase import erase_traces
from worker.errors import TryLater
from worker.house import House, build
from worker.telegram_sender import TelegramSender
from worker.turn import take_turns

PERSON = 5035550142


@pytest.fixture
def settings(telegram: TelegramServer, plain_database_url: str, tmp_path: Path) -> Settings:
    """The settings of a house with Telegram, in which no engine runs."""
    return open_settings(
        tmp_path,
        plain_database_url,
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_SECRET=SECRET,
        TELEGRAM_API_BASE=telegram.api_base,
    )


def in_house(
    settings: Settings, account: Telegram, work: Callable[[House], Awaitable[object]]
) -> None:
    """Do ``work`` in the worker's house."""

    async def do() -> None:
        house = replace(build(settings), senders={"telegram": TelegramSender(account)})
        await work(house)
        await house.engine.close()
        await house.database.dispose()

    asyncio.run(do())


async def take(house: House, update: dict[str, Any]) -> uuid.UUID:
    """Take in what a person wrote."""
    async with house.sessions.begin() as session:
        person = await save_inbound(session, house.vault, parse(json.dumps(update).encode()))
    assert person is not None
    return person.id


async def talk(house: House, telegram: TelegramServer, text: str) -> uuid.UUID:
    """The person writes, and every job that follows is done."""
    person_id = await take(house, telegram.telegram.write(PERSON, text))
    await take_turns(house, person_id)
    await deliver_replies(house, person_id)
    return person_id


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
