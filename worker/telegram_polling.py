"""Updates fetched from Telegram, for a machine without a public address.

https://core.telegram.org/bots/api#getupdates: an update is acknowledged by asking for those
behind it, which happens only once it is committed. One fetched twice is known by its id.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.store.inbox import save_inbound
from bot.wire.outcomes import Later
from channels import telegram as telegram_channel
from channels.errors import NotAMessage
from worker.house import House
from worker.telegram_sender import TIMEOUT, build_bot, classify_error

#: Seconds that Telegram holds a question open while there is nothing new.
PATIENCE = 25
#: Seconds between questions while something is wrong: the first wait, and the longest.
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0

log = structlog.get_logger()


async def poll(house: House) -> None:
    """Take in updates until cancelled, where the settings say so.

    Whatever goes wrong, it asks again, later and later: nobody else would start it again,
    and Telegram keeps what is not acknowledged for 24 hours.
    """
    account = house.settings.telegram
    if account is None or not account.polling:
        return
    bot = build_bot(account)
    try:
        await _poll(house, bot)
    finally:
        await bot.request.shutdown()


async def _poll(house: House, bot: Bot) -> None:
    after, wait = 0, FIRST_WAIT
    while True:
        try:
            for untrusted_update in await _fetch(bot, after):
                await _take(house, bot, untrusted_update)
                after = untrusted_update["update_id"]
            wait = FIRST_WAIT
        except Exception as error:
            log.warning("telegram.polling", error=type(error).__name__)
            await asyncio.sleep(_seconds(error, wait))
            wait = min(2 * wait, LONGEST_WAIT)


async def _fetch(bot: Bot, after: int) -> Sequence[dict[str, Any]]:
    """The updates behind ``after`` as Telegram wrote them.

    The client's own method would refuse them all for one that it cannot read. Telegram takes
    a method's name in any case; the client looks at its case to guess what the caller meant.
    """
    question = {
        "offset": after + 1,
        "timeout": PATIENCE,
        "allowed_updates": telegram_channel.WANTED,
    }
    fetched = await bot.do_api_request(
        "getupdates", api_kwargs=question, read_timeout=PATIENCE + TIMEOUT
    )
    return fetched if isinstance(fetched, list) else []


async def _take(house: House, bot: Bot, untrusted_update: dict[str, Any]) -> None:
    """Commit first; a button's clock that runs on for a moment hurts nobody."""
    untrusted_body = json.dumps(untrusted_update).encode()
    try:
        message = telegram_channel.parse(untrusted_body)
    except NotAMessage:
        pass
    else:
        async with house.sessions.begin() as session:
            saved = await save_inbound(session, house.vault, message)
        log.info("message.taken" if saved else "message.known", channel=message.channel)
    if call := telegram_channel.decide_call(untrusted_body):
        await _call(bot, call)


async def _call(bot: Bot, call: dict[str, object]) -> None:
    """A call that fails is not made again: the button is too old, or the group is left."""
    method = str(call.pop("method")).lower()
    try:
        await bot.do_api_request(method, api_kwargs=call)
    except TelegramError as error:
        log.info("telegram.call", error=type(error).__name__)


def _seconds(error: Exception, wait: float) -> float:
    """How long to wait: what Telegram says, or ``wait``."""
    outcome = classify_error(error) if isinstance(error, TelegramError) else None
    return outcome.seconds or wait if isinstance(outcome, Later) else wait
