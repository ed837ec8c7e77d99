"""SMS and WhatsApp messages through Twilio: handed over, found again, deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from twilio.base.exceptions import TwilioException, TwilioRestException

from bot.settings import Twilio
from bot.site_channels import DELETE, REDACT, TextOptions
from bot.wire.lanes import Lane
from bot.wire.outcomes import Later, Never, Outcome, Sent
from bot.wire.segments import count_segments
from bot.wire.turns import Reply
from channels import twilio as twilio_channel
from channels.twilio import WHATSAPP, WHATSAPP_PREFIX
from channels.twilio_numbers import WHATSAPP as WHATSAPP_SPEED
from channels.twilio_numbers import default_speed, is_toll_free
from worker.sender import Sender
from worker.twilio_client import TIMEOUT, build_client
from worker.twilio_records import Wanted, is_wanted

#: What Twilio is asked when it must not keep words and numbers in the first place.
_REDACTED = {"content_retention": "discard", "address_retention": "obfuscate"}
#: https://www.twilio.com/docs/whatsapp/key-concepts: after a day only a template may be sent.
WINDOW = timedelta(hours=24)
#: https://www.twilio.com/docs/api/errors/20009: some minutes pass until a message can be deleted.
ERASE_AFTER = timedelta(minutes=5)
#: Messages looked through after a crash, newest first.
_LOOKED_AT, _LOOKED_AT_REDACTED = 50, 200


class TwilioSender(Sender):
    """One sender of ours: a number, a Messaging Service or a WhatsApp address.

    Twilio's own client blocks, so each call has a thread.
    """

    def __init__(
        self,
        account: Twilio,
        sender_address: str,
        options: TextOptions,
        timeout: float = TIMEOUT,
    ) -> None:
        self._sender = sender_address
        self._options = options
        self._on_whatsapp = options.channel == WHATSAPP
        self._client = build_client(account, timeout)
        self.window = WINDOW if self._on_whatsapp else None
        self.erase_after = ERASE_AFTER if options.after_delivery == DELETE else None

    async def send(
        self, address: str, reply: Reply, callback: str, *, in_window: bool = True
    ) -> Outcome:
        """Hand over one message; outside WhatsApp's window only the site's template leaves."""
        if in_window or not self._on_whatsapp:
            content = {"body": self._render(reply)}
        elif self._options.template:
            content = {"content_sid": self._options.template}
        else:
            return Never("window closed", tell=True)
        return await asyncio.to_thread(self._send, self._to(address), content, callback)

    async def find_sent(
        self, address: str, reply: Reply, since: datetime, after: str | None = None
    ) -> list[str]:
        """Ask Twilio what it took: this settles a crash between the call and our note of it.

        Newest first. Raises Twilio's or the network's error when there is no answer.
        """
        return await asyncio.to_thread(self._find_sent, address, reply, since)

    async def erase(self, address: str, places: Sequence[str]) -> Outcome:
        """Delete Twilio's copies, of which ``places`` are the ids, unless the site keeps them."""
        if self.erase_after is None:
            return Sent("")
        for provider_id in places:
            outcome = await asyncio.to_thread(self._delete, provider_id)
            if isinstance(outcome, Later):
                return outcome  # those before it are gone, and not found a second time
        return Sent("")

    def lanes(self, address: str) -> tuple[Lane, ...]:
        """The one limit that every message of this sender counts against."""
        default = WHATSAPP_SPEED if self._on_whatsapp else default_speed(self._sender)
        return (Lane(self._sender, self._options.per_second or default),)

    def cost(self, reply: Reply) -> int:
        """What ``reply`` counts in its lane: carriers count segments, WhatsApp messages."""
        if self._on_whatsapp:
            return 1
        words = self._render(reply)
        return count_segments(words, toll_free=is_toll_free(self._sender)).count

    def _send(self, to: str, content: dict[str, str], callback: str) -> Outcome:
        retention = _REDACTED if self._options.after_delivery == REDACT else {}
        origin = "messaging_service_sid" if self._sender.startswith("MG") else "from_"
        try:
            message = self._client.messages.create(
                to=to, status_callback=callback, **content, **retention, **{origin: self._sender}
            )
        except TwilioRestException as error:
            return twilio_channel.classify(error.status, error.code)
        except (TwilioException, OSError, ValueError):
            return Later(
                "unreachable", unsure=True
            )  # a proxy's page in the vendor's place is no JSON
        return Sent(message.sid) if message.sid else Later("unreachable", unsure=True)

    def _find_sent(self, address: str, reply: Reply, since: datetime) -> list[str]:
        words = {self._render(reply), *self._template_words()}
        wanted = Wanted(self._to(address), since, frozenset(words), self.cost(reply))
        return [str(message.sid) for message in self._list(wanted) if is_wanted(message, wanted)]

    def _list(self, wanted: Wanted) -> list[Any]:
        """A search by date would miss what still waits in Twilio's queue, which has no date yet."""
        if self._options.after_delivery == REDACT:
            return list(self._client.messages.list(limit=_LOOKED_AT_REDACTED))
        return list(self._client.messages.list(to=wanted.receiver, limit=_LOOKED_AT))

    def _template_words(self) -> list[str]:
        """The template as people see it, which is how Twilio lists it."""
        if self._options.template is None:
            return []
        kinds = self._client.content.v1.contents(self._options.template).fetch().types or {}
        return [str(kind["body"]) for kind in kinds.values() if "body" in kind]

    def _delete(self, provider_id: str) -> Outcome:
        try:
            self._client.messages(provider_id).delete()
        except TwilioRestException as error:
            if error.status == 404:
                return Sent(provider_id)  # gone already
            return twilio_channel.classify(error.status, error.code)
        except (TwilioException, OSError, ValueError):
            return Later("unreachable", unsure=True)
        return Sent(provider_id)

    def _render(self, reply: Reply) -> str:
        render = twilio_channel.render_whatsapp if self._on_whatsapp else twilio_channel.render
        return render(reply)

    def _to(self, address: str) -> str:
        return f"{WHATSAPP_PREFIX}{address}" if self._on_whatsapp else address
