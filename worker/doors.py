"""Vendors that must be told how this house takes messages, or asked for them."""

from __future__ import annotations

import asyncio

import structlog

from bot.wire.outcomes import Later
from worker.house import House
from worker.telegram_polling import poll
from worker.telegram_sender import set_webhook

#: Seconds between attempts to tell a vendor that is away.
AGAIN = 15.0

log = structlog.get_logger()


async def open_doors(house: House) -> None:
    """Until cancelled: Telegram hears our address, or is asked for news where we have none."""
    if house.settings.telegram is None:
        return
    while isinstance(outcome := await set_webhook(house.settings), Later):
        log.warning("telegram.webhook", reason=outcome.reason)
        await asyncio.sleep(outcome.seconds or AGAIN)
    log.info("telegram.webhook", state=type(outcome).__name__)
    await poll(house)
