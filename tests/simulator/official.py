"""Twilio's own client, pointed elsewhere: what it accepts is what Twilio answers."""

from __future__ import annotations

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from simulator.account import Account


def official_client(account: Account, url: str) -> Client:
    """A client of ``account`` whose requests go to ``url``."""
    return Client(account.sid, account.token, http_client=_Elsewhere(url))


class _Elsewhere(TwilioHttpClient):
    def __init__(self, url: str) -> None:
        super().__init__(timeout=10)
        self._url = url

    def request(self, method: str, url: str, *args: object, **kwargs: object) -> Response:
        elsewhere = url.replace("https://api.twilio.com", self._url, 1)
        return super().request(method, elsewhere, *args, **kwargs)
