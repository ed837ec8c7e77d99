"""Reading a Twilio account's settings. The token goes nowhere but to Twilio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from bot.settings import Twilio

Resource = Mapping[str, Any]


class AccountUnreadable(Exception):
    """Twilio does not show the account: what it says is the advice."""


class Account:
    """What the account owns. Every method raises :class:`AccountUnreadable`."""

    def __init__(self, client: httpx.Client, settings: Twilio) -> None:
        self._client = client
        self._base = settings.api_base
        self._path = f"/2010-04-01/Accounts/{settings.account_sid}"

    def read(self) -> Resource:
        """The account itself."""
        return self._get("api", f"{self._path}.json") or {}

    def number(self, number: str) -> Resource | None:
        """One of its numbers."""
        path = f"{self._path}/IncomingPhoneNumbers.json"
        return self._first("api", path, "incoming_phone_numbers", PhoneNumber=number)

    def service(self, sid: str) -> Resource | None:
        """One of its Messaging Services."""
        return self._get("messaging", f"/v1/Services/{sid}")

    def service_numbers(self, sid: str) -> list[str]:
        """The numbers that a Messaging Service sends from."""
        found = self._get("messaging", f"/v1/Services/{sid}/PhoneNumbers") or {}
        return [str(number.get("phone_number")) for number in found.get("phone_numbers", ())]

    def verification(self, number_sid: str) -> Resource | None:
        """The state of a toll-free number's verification."""
        path = "/v1/Tollfree/Verifications"
        asked = {"TollfreePhoneNumberSid": number_sid}
        return self._first("messaging", path, "verifications", **asked)

    def whatsapp_sender(self, address: str) -> Resource | None:
        """One of its WhatsApp addresses."""
        found = self._get("messaging", "/v2/Channels/Senders", Channel="whatsapp") or {}
        senders = found.get("senders", ())
        return next((sender for sender in senders if sender.get("sender_id") == address), None)

    def approval(self, template: str) -> str | None:
        """Meta's word on a template: ``approved`` or something else."""
        found = self._get("content", f"/v1/Content/{template}/ApprovalRequests") or {}
        return (found.get("whatsapp") or {}).get("status")

    def _first(self, host: str, path: str, listed: str, **asked: str) -> Resource | None:
        found = self._get(host, path, **asked) or {}
        return next(iter(found.get(listed, ())), None)

    def _get(self, host: str, path: str, **asked: str) -> Resource | None:
        """What lies at ``path``; ``None`` when nothing does."""
        base = self._base or f"https://{host}.twilio.com"
        try:
            answer = self._client.get(f"{base}{path}", params=asked)
            if answer.status_code == httpx.codes.NOT_FOUND:
                return None
            if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
                raise AccountUnreadable("check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN")
            found: Resource = answer.raise_for_status().json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise AccountUnreadable("Twilio does not answer; try again later") from None
        return found


@contextmanager
def open_account(settings: Twilio) -> Iterator[Account]:
    """The account, for as long as it is looked at."""
    pair = (settings.account_sid, settings.auth_token.reveal())
    own_place = settings.api_base is None
    with httpx.Client(auth=pair, timeout=10, trust_env=own_place) as client:
        yield Account(client, settings)
