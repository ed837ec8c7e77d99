"""Twilio's own client, sent to the address that the settings name."""

from __future__ import annotations

import re

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from bot.settings import Twilio

#: Seconds until a call to the vendor is given up and tried again later.
TIMEOUT = 10.0

_TWILIO = re.compile(r"https://[a-z0-9.-]+\.twilio\.com(?=/)")


def build_client(account: Twilio, timeout: float = TIMEOUT) -> Client:
    """A client of ``account`` that waits ``timeout`` seconds. It calls nobody yet."""
    http = _HttpClient(account.api_base, timeout)
    return Client(account.account_sid, account.auth_token.reveal(), http_client=http)


class _HttpClient(TwilioHttpClient):  # type: ignore[misc]
    """Every one of Twilio's hosts becomes the one that the settings name, if they do."""

    def __init__(self, api_base: str | None, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self._api_base = api_base

    def request(self, method: str, url: str, *args: object, **kwargs: object) -> Response:
        """As Twilio's client asks, elsewhere."""
        base = self._api_base
        elsewhere = _TWILIO.sub(lambda _: base, url, count=1) if base else url
        return super().request(method, elsewhere, *args, **kwargs)
