"""Updates fetched from Telegram: committed first, acknowledged after, each taken in once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from bot.settings import Settings
from tests.channels import telegram_updates as recorded
from tests.fakes.telegram import TOKEN, Fault
from tests.fakes.telegram_server import TelegramServer
from tests.house import wait_for
from tests.records import Records
from tests.worker.conftest import open_settings
from worker.house import build
from worker.telegram_polling import poll

PERSON = 5035550142


@pytest.fixture
def settings(telegram: TelegramServer, plain_database_url: str, tmp_path: Path) -> Settings:
    """The settings of a house whose bot polls."""
    return open_settings(
        tmp_path,
        plain_database_url,
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_MODE="polling",
        TELEGRAM_API_BASE=telegram.api_base,
    )


@pytest.fixture
def records(settings: Settings) -> Records:
    """What the house has stored."""
    return Records(settings)


def poll_until(settings: Settings, *looks: Callable[[], object]) -> None:
    """Poll until each of ``looks`` has been content, one after the other; then be killed."""

    async def work() -> None:
        house = build(settings)
        polling = asyncio.create_task(poll(house))
        try:
            for number, look in enumerate(looks):
                await asyncio.to_thread(wait_for, look, f"what is looked for: {number}")
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)
            await house.engine.close()
            await house.database.dispose()

    asyncio.run(work())


def all_fetched(telegram: TelegramServer) -> Callable[[], bool]:
    """Whether Telegram has nothing left that is not acknowledged."""
    return lambda: telegram.telegram.unacknowledged == 0


def words(records: Records, person: int = PERSON) -> list[str]:
    """What is stored of what a person wrote."""
    return records.opened("telegram", str(person)).splitlines()


def test_messages_are_taken_in_and_acknowledged(
    telegram: TelegramServer, settings: Settings, records: Records
) -> None:
    for text in ("hi", "/exit", "bye"):
        telegram.telegram.write(PERSON, text)
    poll_until(settings, all_fetched(telegram))
    assert words(records) == ["hi", "exit", "bye"]
    assert telegram.telegram.made("getUpdates")[0].fields["allowed_updates"] == json.dumps(
        ["message", "callback_query"]
    )


def test_a_message_that_comes_while_telegram_is_asked_is_taken_in_at_once(
    telegram: TelegramServer, settings: Settings, records: Records
) -> None:
    poll_until(
        settings,
        lambda: telegram.telegram.polls,
        lambda: telegram.telegram.write(PERSON, "hi"),
        lambda: records.counts()["inbox"] == 1,
    )
    assert words(records) == ["hi"]


def test_what_was_taken_in_before_a_crash_is_known_again(
    telegram: TelegramServer, settings: Settings, records: Records
) -> None:
    """The worker dies between the commit and the acknowledgement."""
    telegram.telegram.faults["getupdates"].extend([Fault(), Fault(status=500)])
    telegram.telegram.write(PERSON, "hi")
    poll_until(settings, lambda: len(telegram.telegram.made("getUpdates")) == 2)
    assert telegram.telegram.unacknowledged == 1
    telegram.telegram.write(PERSON, "again")
    poll_until(settings, all_fetched(telegram))
    assert words(records) == ["hi", "again"]


def test_nothing_is_acknowledged_that_could_not_be_stored(
    telegram: TelegramServer, settings: Settings, records: Records
) -> None:
    telegram.telegram.write(PERSON, "hi")
    change(settings, "ALTER TABLE inbox RENAME TO mislaid")
    poll_until(settings, lambda: len(telegram.telegram.made("getUpdates")) == 2)
    assert telegram.telegram.unacknowledged == 1
    change(settings, "ALTER TABLE mislaid RENAME TO inbox")
    poll_until(settings, all_fetched(telegram))
    assert words(records) == ["hi"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=429),
        Fault(status=502),
        Fault(status=409),
        Fault(status=401),
        Fault(dropped=True),
    ],
    ids=repr,
)
def test_trouble_at_telegram_is_waited_out(
    telegram: TelegramServer, settings: Settings, records: Records, fault: Fault
) -> None:
    telegram.telegram.faults["getupdates"].append(fault)
    telegram.telegram.write(PERSON, "hi")
    poll_until(settings, all_fetched(telegram))
    assert words(records) == ["hi"]


def test_what_is_no_message_does_not_stand_in_the_way(
    telegram: TelegramServer, settings: Settings, records: Records
) -> None:
    for content in [*recorded.NO_MESSAGES.values(), {"message": {"chat": 7, "entities": 7}}]:
        for kind, value in content.items():
            if kind != "update_id":
                telegram.telegram.tell(kind, value)
    telegram.telegram.write(PERSON, "hi")
    poll_until(settings, all_fetched(telegram))
    assert records.counts()["inbox"] == 1


def test_a_pressed_button_is_taken_in_and_answered(
    telegram: TelegramServer, settings: Settings, records: Records
) -> None:
    telegram.telegram.open_chat(PERSON)
    keyboard = {"inline_keyboard": [[{"text": "Food", "callback_data": "Food"}]]}
    fields = {"chat_id": PERSON, "text": "?", "reply_markup": json.dumps(keyboard)}
    telegram.telegram.call("sendMessage", fields)
    telegram.telegram.press(PERSON, "Food")
    poll_until(settings, all_fetched(telegram))
    assert words(records) == ["Food"]
    assert list(telegram.telegram.pressed.values()) == [True]


def test_a_button_that_is_too_old_to_be_answered_does_not_stand_in_the_way(
    telegram: TelegramServer, settings: Settings, records: Records
) -> None:
    telegram.telegram.tell("callback_query", recorded.pressed("Food")["callback_query"])
    telegram.telegram.write(PERSON, "hi")
    poll_until(settings, all_fetched(telegram))
    assert words(records) == ["Food", "hi"]
    (call,) = telegram.telegram.made("answerCallbackQuery")
    assert call.status == 400


def test_a_group_is_left_and_nothing_of_it_is_kept(
    telegram: TelegramServer, settings: Settings, records: Records
) -> None:
    group = telegram.telegram.open_chat(recorded.GROUP, "supergroup")
    telegram.telegram.write(group.id, "hi all")
    poll_until(settings, all_fetched(telegram))
    assert group.state == "left"
    assert records.counts()["person"] == 0


def test_a_bot_with_a_webhook_does_not_poll(telegram: TelegramServer, settings: Settings) -> None:
    assert settings.telegram
    for account in (None, replace(settings.telegram, polling=False)):
        asyncio.run(_poll_once(replace(settings, telegram=account)))
    assert telegram.telegram.calls == []


async def _poll_once(settings: Settings) -> None:
    house = build(settings)
    await asyncio.wait_for(poll(house), 5)
    await house.engine.close()
    await house.database.dispose()


def change(settings: Settings, command: str) -> None:
    """Change the database behind the house's back."""
    with psycopg.connect(settings.database_url.reveal(), autocommit=True) as connection:
        connection.execute(command)
