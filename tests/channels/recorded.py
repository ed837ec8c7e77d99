"""Webhook forms with every field that Twilio sends, and invented values."""

from __future__ import annotations

TOKEN = "0123456789abcdef0123456789abcdef"
INBOUND_URL = "https://chat.alderfalls.example/twilio/inbound"
PERSON = "+15035550142"
OUR_NUMBER = "+15035550100"
ACCOUNT = "AC" + "0" * 32
SID = "SM" + "1" * 32


def sms(**changed: str) -> dict[str, str]:
    """A text that came in."""
    form = {
        "ToCountry": "US",
        "ToState": "OR",
        "SmsMessageSid": SID,
        "NumMedia": "0",
        "ToCity": "PORTLAND",
        "FromZip": "97201",
        "SmsSid": SID,
        "FromState": "OR",
        "SmsStatus": "received",
        "FromCity": "PORTLAND",
        "Body": "Is anyone there?",
        "FromCountry": "US",
        "To": OUR_NUMBER,
        "ToZip": "97201",
        "NumSegments": "1",
        "MessageSid": SID,
        "AccountSid": ACCOUNT,
        "From": PERSON,
        "ApiVersion": "2010-04-01",
    }
    return {**form, **changed}


def whatsapp(**changed: str) -> dict[str, str]:
    """A message that came in on WhatsApp."""
    form = {
        "SmsMessageSid": SID,
        "NumMedia": "0",
        "ProfileName": "A person",
        "MessageType": "text",
        "SmsSid": SID,
        "WaId": PERSON.removeprefix("+"),
        "SmsStatus": "received",
        "Body": "Is anyone there?",
        "To": f"whatsapp:{OUR_NUMBER}",
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": SID,
        "AccountSid": ACCOUNT,
        "From": f"whatsapp:{PERSON}",
        "ApiVersion": "2010-04-01",
    }
    return {**form, **changed}


def pictures(count: int) -> dict[str, str]:
    """A message of pictures without a word."""
    media: dict[str, str] = {"NumMedia": str(count)}
    for i in range(count):
        media[f"MediaContentType{i}"] = "image/jpeg"
        media[f"MediaUrl{i}"] = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Media/ME{i}"
    return sms(Body="", **media)


def status(state: str, **changed: str) -> dict[str, str]:
    """News of a text that went out."""
    form = {
        "SmsSid": SID,
        "SmsStatus": state,
        "MessageStatus": state,
        "To": PERSON,
        "MessageSid": SID,
        "AccountSid": ACCOUNT,
        "From": OUR_NUMBER,
        "ApiVersion": "2010-04-01",
    }
    return {**form, **changed}


def without(form: dict[str, str], *names: str) -> dict[str, str]:
    """``form`` as a sender writes it who leaves fields out."""
    return {name: value for name, value in form.items() if name not in names}
