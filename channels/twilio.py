"""SMS through Twilio: what its webhooks mean, and how our replies look as texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from twilio.request_validator import RequestValidator

from bot.wire.inbound import Inbound
from bot.wire.outcomes import Later, Never, Outcome, Stopped
from bot.wire.turns import Reply
from channels.errors import NotAMessage
from channels.segments import is_gsm7

CHANNEL = "sms"

#: Longer than any vendor's id or address; what is longer is not one.
LONGEST_NAME = 64
#: Twilio takes no more characters in one message.
LONGEST_BODY = 1600

# https://www.twilio.com/docs/api/errors
ERRORS: Mapping[int, Outcome] = {
    20003: Later("credentials refused"),  # an operator must act; nothing may be lost meanwhile
    20429: Later("too many requests"),
    21211: Never("not a number"),
    21408: Never("region not permitted"),  # the account may not text this country
    21610: Stopped("opted out"),  # the person said STOP to the carrier
    21612: Never("not routable"),
    21614: Never("not a mobile number"),
    21617: Never("too long"),
    30001: Later("queue overflow"),
    30003: Later("handset off"),
    30004: Never("blocked"),
    30005: Never("unknown number"),
    30006: Never("landline"),
    30007: Never("filtered"),  # a carrier took it for spam; saying it again makes it worse
    30008: Later("unknown"),
    30034: Never("number not registered"),  # United States A2P registration is missing
}

# https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
STATUSES: Mapping[str, str] = {
    "sent": "sent",
    "delivered": "delivered",
    "undelivered": "failed",
    "failed": "failed",
}

_ACUTE = "\N{COMBINING ACUTE ACCENT}"
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\xa0": " "}
)


@dataclass(frozen=True)
class Status:
    """News of one of our messages. ``state`` is one of the outbox's."""

    provider_id: str
    state: str
    reason: str | None


def verify(url: str, untrusted_form: Mapping[str, str], signature: str, token: str) -> bool:
    """Whether Twilio signed this form for ``url`` with the account's token."""
    return bool(RequestValidator(token).validate(url, dict(untrusted_form), signature))


def parse(untrusted_form: Mapping[str, str]) -> Inbound:
    """The message in a webhook. Unknown fields do not matter.

    Raises :class:`NotAMessage` when it lacks a sender or an id.
    """
    return Inbound(
        channel=CHANNEL,
        provider_id=_name(untrusted_form, "MessageSid", "SmsMessageSid", "SmsSid"),
        untrusted_address=_name(untrusted_form, "From"),
        untrusted_text=untrusted_form.get("Body", "").replace("\0", ""),
        media_count=_count(untrusted_form.get("NumMedia", "")),
        opt_out_type=_opt_out(untrusted_form.get("OptOutType", "")),
    )


def parse_status(untrusted_form: Mapping[str, str]) -> Status | None:
    """The news in a status callback; ``None`` when it is of a step that changes nothing."""
    state = STATUSES.get(untrusted_form.get("MessageStatus", ""))
    sid = untrusted_form.get("MessageSid", "")
    if state is None or not _is_name(sid):
        return None
    return Status(sid, state, _reason(untrusted_form.get("ErrorCode", "")))


def render(reply: Reply) -> str:
    """One text. Options become numbered lines, which a person answers by number."""
    options = (f"{i} {option.title}" for i, option in enumerate(reply.options, start=1))
    return _shorten("\n".join([reply.text, *options]))[:LONGEST_BODY]


def classify(status: int, code: int | None) -> Outcome:
    """What to do after Twilio refused a message with an HTTP status and its own code."""
    if code is not None and code in ERRORS:
        return ERRORS[code]
    return Never("refused") if 400 <= status < 500 and status != 429 else Later("unavailable")


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


def _reason(untrusted_code: str) -> str | None:
    if not untrusted_code.isdecimal():
        return None
    outcome = ERRORS.get(int(untrusted_code[:6]))
    return outcome.reason if isinstance(outcome, Later | Never | Stopped) else "unknown"


def _shorten(text: str) -> str:
    """Write the text in the GSM-7 alphabet if leaving out acute accents is enough for that.

    The reasons are in docs/decisions/0006-accents-in-texts.md. A letter and its accent may
    come as two characters, of which the alphabet has neither; they are joined first.
    """
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    if is_gsm7(plain):
        return plain
    bare = "".join(letter if is_gsm7(letter) else _without_acute(letter) for letter in plain)
    return bare if is_gsm7(bare) else plain


def _without_acute(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", apart.replace(_ACUTE, ""))
