"""SMS and WhatsApp through Twilio: what its webhooks mean, and how our replies look there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twilio.request_validator import RequestValidator

from bot.wire.inbound import Inbound
from bot.wire.outcomes import Later, Never, Outcome, Stopped
from bot.wire.shortening import shorten
from bot.wire.turns import Reply
from channels.errors import NotAMessage
from channels.storable import make_storable
from channels.twilio_errors import ERRORS

SMS, WHATSAPP = "sms", "whatsapp"
#: What Twilio writes before an address on WhatsApp. Inside the house the channel says it.
WHATSAPP_PREFIX = "whatsapp:"

#: Longer than any vendor's id or address; what is longer is not one.
LONGEST_NAME = 64
#: Twilio takes no more characters in one message.
LONGEST_BODY = 1600

# https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
STATUSES: Mapping[str, str] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",  # that it was read is not ours to know; that it arrived is
    "undelivered": "failed",
    "failed": "failed",
}


@dataclass(frozen=True)
class Status:
    """News of one of our messages. ``state`` is one of the outbox's.

    ``outcome`` is the table's word on a failure; its ``Later`` comes too late to send the
    same message again, since its words are gone.
    """

    provider_id: str
    state: str
    reason: str | None
    outcome: Outcome | None = None


def verify(url: str, untrusted_form: Mapping[str, str], signature: str, token: str) -> bool:
    """Whether Twilio signed this form for ``url`` with the account's token."""
    return bool(RequestValidator(token).validate(url, dict(untrusted_form), signature))


def parse(untrusted_form: Mapping[str, str]) -> Inbound:
    """The message in a webhook. Unknown fields do not matter.

    Raises :class:`NotAMessage` when it lacks a sender or an id.
    """
    sender = _name(untrusted_form, "From")
    provider_id = _name(untrusted_form, "MessageSid", "SmsMessageSid", "SmsSid")
    on_whatsapp = sender.startswith(WHATSAPP_PREFIX)
    return Inbound(
        channel=WHATSAPP if on_whatsapp else SMS,
        provider_id=provider_id,
        untrusted_address=_bare(sender),
        untrusted_text=make_storable(_text(untrusted_form, on_whatsapp=on_whatsapp)),
        media_count=_media(untrusted_form, on_whatsapp=on_whatsapp),
        opt_out_type=_opt_out(untrusted_form.get("OptOutType", "")),
        place_in_chat=provider_id,
    )


def parse_status(untrusted_form: Mapping[str, str]) -> Status | None:
    """The news in a status callback; ``None`` when it is of a step that changes nothing."""
    state = STATUSES.get(untrusted_form.get("MessageStatus", ""))
    sid = untrusted_form.get("MessageSid", "")
    if state is None or not _is_name(sid):
        return None
    outcome = _failure(untrusted_form.get("ErrorCode", "")) if state == "failed" else None
    reason = outcome.reason if isinstance(outcome, Later | Never | Stopped) else None
    return Status(sid, state, reason, outcome)


def render(reply: Reply) -> str:
    """One text. Options become numbered lines, which a person answers by number."""
    return shorten(reply.numbered())[:LONGEST_BODY]


def render_whatsapp(reply: Reply) -> str:
    """The same on WhatsApp, where no letter costs more than another."""
    return reply.numbered()[:LONGEST_BODY]


def classify(status: int, code: int | None) -> Outcome:
    """What to do after Twilio refused a message with an HTTP status and its own code."""
    if code is not None and code in ERRORS:
        return ERRORS[code]
    if status in {401, 403, 404}:
        return Later("account refused")  # a wrong setting; an operator must act
    if 400 <= status < 500 and status != 429:
        return Never("refused", tell=True)
    return Later("unavailable", unsure=True)


def _text(untrusted_form: Mapping[str, str], *, on_whatsapp: bool) -> str:
    """What was typed, or the words of the button or the line of a list that was chosen."""
    chosen = ("ButtonText", "ListTitle") if on_whatsapp else ()
    found = (untrusted_form.get(field, "") for field in (*chosen, "Body"))
    return next((text for text in found if text.strip()), untrusted_form.get("Body", ""))


def _media(untrusted_form: Mapping[str, str], *, on_whatsapp: bool) -> int:
    """How many pictures and the like came along. A shared place counts; where it is does not."""
    count = _count(untrusted_form.get("NumMedia", ""))
    is_place = on_whatsapp and bool(untrusted_form.get("Latitude"))
    return max(count, 1) if is_place else count


def _bare(untrusted_sender: str) -> str:
    bare = untrusted_sender.removeprefix(WHATSAPP_PREFIX).strip()
    if not bare:
        raise NotAMessage
    return bare


def _name(untrusted_form: Mapping[str, str], *fields: str) -> str:
    for field in fields:
        value = untrusted_form.get(field, "").strip()
        if _is_name(value):
            return value
    raise NotAMessage


def _is_name(untrusted_value: str) -> bool:
    return 0 < len(untrusted_value) <= LONGEST_NAME and untrusted_value.isprintable()


def _count(untrusted_number: str) -> int:
    """At most ten, which is all a message can carry. Python refuses to read endless numbers."""
    short = untrusted_number[:LONGEST_NAME]
    return min(int(short), 10) if short.isdecimal() else 0


def _opt_out(untrusted_word: str) -> str | None:
    return untrusted_word if untrusted_word in {"STOP", "START", "HELP"} else None


def _failure(untrusted_code: str) -> Outcome | None:
    """The table's word; what is not in it is a failure that nobody can explain."""
    if not untrusted_code.isdecimal():
        return None
    return ERRORS.get(int(untrusted_code[:6]), Never("unknown", tell=True))
