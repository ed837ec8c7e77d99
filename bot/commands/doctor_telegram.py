"""A look at the Telegram bot: does what people write reach this house?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from bot.commands.finding import Finding, judge
from bot.settings import Settings, Telegram

TELEGRAM_API = "https://api.telegram.org"
#: Updates that wait while this many do are a house that does not answer.
MANY = 20


def examine_telegram(settings: Settings) -> Iterator[Finding]:
    """https://core.telegram.org/bots/api#getwebhookinfo; the token is in no finding."""
    assert settings.telegram is not None
    found = _read(settings.telegram)
    if found is None:
        yield Finding("telegram bot", False, "check TELEGRAM_BOT_TOKEN; Telegram does not know it")
        return
    yield Finding("telegram bot", True)
    wanted = "" if settings.telegram.polling else f"{settings.public_url}/telegram"
    advice = f"set the webhook to {wanted}" if wanted else "remove the webhook: this house polls"
    yield judge("telegram webhook", found.get("url") == wanted, advice)
    waiting = found.get("pending_update_count")
    late = f"{waiting} messages wait at Telegram: is the gateway up, and is TELEGRAM_SECRET right?"
    yield judge("telegram queue", not isinstance(waiting, int) or waiting < MANY, late)


def _read(telegram: Telegram) -> Mapping[str, Any] | None:
    """The webhook as Telegram knows it. Errors name the address, so they stay in here."""
    base, token = telegram.api_base or TELEGRAM_API, telegram.token.reveal()
    try:
        with httpx.Client(timeout=10, trust_env=telegram.api_base is None) as client:
            answer = client.get(f"{base}/bot{token}/getWebhookInfo")
        found = answer.raise_for_status().json()["result"]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, Mapping) else None
