"""A person who writes on Telegram, in a house of which the engine is away."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot.settings import Settings, Telegram
from bot.store.inbox import save_inbound
from channels.telegram import parse
from tests.fakes.telegram_server import TelegramServer
from worker.deliver import deliver_replies
from worker.house import House, build
from worker.telegram_sender import TelegramSender
from worker.turn import take_turns

PERSON = 5035550142


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
