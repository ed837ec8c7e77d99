"""What Twilio checks before it takes a message.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from simulator.account import SERVICE_SID, TEMPLATE_SID, Account
from simulator.carrier import Carrier

LONGEST_BODY = 1600
PREFIX = "whatsapp:"

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")

#: HTTP status, Twilio's code, and its words.
Refusal = tuple[int, int, str]


def find_error(account: Account, carrier: Carrier, form: Mapping[str, str]) -> Refusal | None:
    """The first thing that is wrong with a message."""
    return (
        _check_receiver(form)
        or _check_sender(account, form)
        or _check_content(form)
        or _check_callback(form)
        or _check_retention(carrier, form)
        or _check_opt_out(carrier, form)
    )


def _check_receiver(form: Mapping[str, str]) -> Refusal | None:
    if not form.get("To"):
        return 400, 21604, "A 'To' phone number is required"
    if not _E164.fullmatch(form["To"].removeprefix(PREFIX)):
        return 400, 21211, "Invalid 'To' Phone Number"
    return None


def _check_sender(account: Account, form: Mapping[str, str]) -> Refusal | None:
    sender, service = form.get("From", ""), form.get("MessagingServiceSid")
    if service:
        known = service == SERVICE_SID
        return None if known else (400, 21705, "The Messaging Service SID is invalid")
    if not sender:
        return 400, 21603, "A 'From' phone number is required"
    if sender.startswith(PREFIX) != form["To"].startswith(PREFIX):
        return 400, 21910, "'From' and 'To' must be of the same channel"
    if sender.removeprefix(PREFIX) == account.number:
        return None
    if sender.startswith(PREFIX):
        return 400, 63007, "There is no Channel with this 'From' address"
    return 400, 21606, "The 'From' phone number is not yours"


def _check_content(form: Mapping[str, str]) -> Refusal | None:
    if template := form.get("ContentSid"):
        return None if template == TEMPLATE_SID else (400, 21655, "The ContentSid is invalid")
    if not form.get("Body"):
        return 400, 21602, "Message body is required"
    if len(form["Body"]) > LONGEST_BODY:
        return 400, 21617, "The concatenated message body exceeds the 1600 character limit"
    return None


def _check_callback(form: Mapping[str, str]) -> Refusal | None:
    if "StatusCallback" not in form:
        return None
    try:
        parts = urlsplit(form["StatusCallback"])
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    return None if usable else (400, 21609, "The 'StatusCallback' URL is not a valid URL")


def _check_retention(carrier: Carrier, form: Mapping[str, str]) -> Refusal | None:
    words, number = form.get("ContentRetention"), form.get("AddressRetention")
    allowed = carrier.plan.redaction
    if words not in ({None, "retain", "discard"} if allowed else {None}):
        return 400, 30029, "Invalid ContentRetention"
    if number not in ({None, "retain", "obfuscate"} if allowed else {None}):
        return 400, 30030, "Invalid AddressRetention"
    return None


def _check_opt_out(carrier: Carrier, form: Mapping[str, str]) -> Refusal | None:
    if form["To"] in carrier.opted_out:
        return 400, 21610, "Attempt to send to unsubscribed recipient"
    return None
