"""Texts through Twilio's own client."""

from __future__ import annotations

import asyncio
from datetime import datetime

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from bot.settings import Twilio
from bot.wire.outcomes import Later, Outcome, Sent
from bot.wire.turns import Reply
from channels import twilio as twilio_channel

#: Seconds until a call to the vendor is given up and tried again later.
TIMEOUT = 10.0
TWILIO_API = "https://api.twilio.com"


class TwilioSender:
    """Texts through Twilio's own client, in a thread since that client blocks."""

    def __init__(self, account: Twilio) -> None:
        self._account = account
        self._client = Client(
            account.account_sid,
            account.auth_token.reveal(),
            http_client=_HttpClient(account.api_base or TWILIO_API),
        )

    async def send(self, address: str, reply: Reply, callback: str) -> Outcome:
        """Hand one text to Twilio."""
        return await asyncio.to_thread(self._send, address, reply, callback)

    async def find_sent(self, address: str, reply: Reply, since: datetime) -> list[str]:
        """Ask Twilio what it took: this settles a crash between the call and our note of it."""
        return await asyncio.to_thread(self._find_sent, address, reply, since)

    def _send(self, address: str, reply: Reply, callback: str) -> Outcome:
        sender = self._account.sender
        origin = "messaging_service_sid" if sender.startswith("MG") else "from_"
        try:
            message = self._client.messages.create(
                to=address,
                body=twilio_channel.render(reply),
                status_callback=callback,
                **{origin: sender},
            )
        except TwilioRestException as error:
            return twilio_channel.classify(error.status, error.code)
        except (TwilioException, OSError, ValueError):
            return Later("unreachable")  # a proxy's page in the vendor's place is no JSON
        return Sent(message.sid) if message.sid else Later("unreachable")

    def _find_sent(self, address: str, reply: Reply, since: datetime) -> list[str]:
        body = twilio_channel.render(reply)
        found = self._client.messages.list(to=address, date_sent_after=since, limit=50)
        return [str(message.sid) for message in found if message.body == body]


class _HttpClient(TwilioHttpClient):  # type: ignore[misc]
    """Twilio's client, sent to the address that the settings name."""

    def __init__(self, api_base: str) -> None:
        super().__init__(timeout=TIMEOUT)
        self._api_base = api_base

    def request(self, method: str, url: str, *args: object, **kwargs: object) -> Response:
        """As Twilio's client asks, elsewhere."""
        elsewhere = url.replace(TWILIO_API, self._api_base, 1)
        return super().request(method, elsewhere, *args, **kwargs)
