"""A look at the Twilio account through its API; nothing there is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.commands.finding import Finding, judge
from bot.commands.twilio_account import Account, AccountUnreadable, open_account
from bot.settings import Settings
from bot.site_channels import DELETE, SiteChannels

Resource = Mapping[str, Any]

#: Twilio's own place for a fixed answer: https://www.twilio.com/docs/serverless/twiml-bins
TWIML_BINS = "handler.twilio.com"
TOLL_FREE = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")
#: What no API tells: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
HELP_REPLY = (
    "look by hand: text HELP and STOP to the number. The replies must not say what this service"
    " is for (Messaging > Services > Opt-Out Management)"
)
RETENTION = (
    "look by hand: what people write stays at Twilio unless Message Redaction is on, or"
    ' after_delivery in [sms] is "delete"'
)


def examine_twilio(settings: Settings, channels: SiteChannels) -> Iterator[Finding]:
    """Everything about the account that keeps texts from coming, going or staying private."""
    assert settings.twilio is not None
    with open_account(settings.twilio) as account:
        try:
            yield _judge_account(account.read())
            yield from _examine_sms(account, settings, settings.twilio.sender)
            if sender := settings.twilio.whatsapp_sender:
                yield from _examine_whatsapp(account, settings, sender, channels)
        except AccountUnreadable as error:
            yield Finding("twilio account", False, str(error))
            return
    yield Finding("twilio help reply", True, HELP_REPLY)
    if channels.sms.after_delivery != DELETE:
        yield Finding("twilio copies", True, RETENTION)


def _judge_account(found: Resource) -> Finding:
    if found.get("status") != "active":
        return Finding("twilio account", False, "it is not active: see Twilio's console")
    advice = "a trial account texts only numbers that it has verified: upgrade it"
    return judge("twilio account", found.get("type") != "Trial", advice)


def _examine_sms(account: Account, settings: Settings, sender: str) -> Iterator[Finding]:
    if not sender.startswith("MG"):
        yield from _examine_number(account, settings, sender)
        return
    service = account.service(sender)
    if service is None:
        yield Finding("twilio sender", False, "TWILIO_FROM is no Messaging Service of this account")
        return
    yield from _judge_service(service)
    if not service.get("use_inbound_webhook_on_number"):
        yield from _judge_doors("twilio", settings, _doors(service, "inbound_request_", "inbound_"))
        return
    for number in account.service_numbers(sender):
        yield from _examine_number(account, settings, number)


def _judge_service(service: Resource) -> Iterator[Finding]:
    sticky = "turn Sticky Sender on: a person must always hear from the same number"
    yield judge("twilio sticky sender", bool(service.get("sticky_sender")), sticky)
    smart = "turn Smart Encoding off: after a crash a text is recognised by its very words"
    yield judge("twilio smart encoding", not service.get("smart_encoding"), smart)
    registered = service.get("us_app_to_person_registered") is not False
    register = "register it for A2P messaging, or United States carriers refuse its texts"
    yield judge("twilio registration", registered, register)


def _examine_number(account: Account, settings: Settings, number: str) -> Iterator[Finding]:
    found = account.number(number)
    if found is None:
        yield Finding("twilio sender", False, "TWILIO_FROM is no number of this account")
        return
    yield from _judge_number(found)
    if number.startswith(TOLL_FREE):
        state = (account.verification(str(found.get("sid"))) or {}).get("status")
        verify = "have this toll-free number verified, or carriers refuse its texts"
        yield judge("twilio registration", state == "TWILIO_APPROVED", verify)
    yield from _judge_doors("twilio", settings, _doors(found, "sms_", "sms_", "sms_"))


def _judge_number(found: Resource) -> Iterator[Finding]:
    texts = bool((found.get("capabilities") or {}).get("sms"))
    yield judge("twilio sender", texts, "this number cannot text: choose another")
    other = "remove its TwiML application, which takes the place of the webhook"
    yield judge("twilio application", not found.get("sms_application_sid"), other)
    spoken = "remove Twilio's demonstration from the voice webhook: callers hear it"
    yield judge("twilio voice", "demo.twilio.com" not in str(found.get("voice_url")), spoken)


def _examine_whatsapp(
    account: Account, settings: Settings, sender: str, channels: SiteChannels
) -> Iterator[Finding]:
    if not sender.startswith("MG"):
        found = account.whatsapp_sender(sender)
        online = found is not None and str(found.get("status")).startswith("ONLINE")
        advice = "TWILIO_WHATSAPP_FROM is no WhatsApp sender that is online"
        yield judge("whatsapp sender", online, advice)
        webhook = (found or {}).get("webhook") or {}
        yield from _judge_doors("whatsapp", settings, _doors(webhook, "callback_", "callback_"))
    if template := channels.whatsapp.template:
        approved = account.approval(template) == "approved"
        advice = "the template in [whatsapp] is not approved: nobody can be written to first"
        yield judge("whatsapp template", approved, advice)


def _doors(found: Resource, url: str, method: str, fallback: str = "") -> Resource:
    """The addresses that Twilio calls, under one name whatever they belong to."""
    return {
        "url": found.get(f"{url}url"),
        "method": found.get(f"{method}method"),
        "fallback_url": found.get(f"{fallback}fallback_url"),
        "fallback_method": found.get(f"{fallback}fallback_method"),
        "status": found.get("status_callback") or found.get("status_callback_url"),
    }


def _judge_doors(name: str, settings: Settings, doors: Resource) -> Iterator[Finding]:
    ours = f"{settings.public_url}/twilio/inbound"
    well = (doors["url"], doors["method"]) == (ours, "POST")
    yield judge(f"{name} webhook", well, f"set the incoming webhook to POST {ours}")
    yield _judge_fallback(f"{name} fallback", settings, doors)
    elsewhere = doors["status"] and not str(doors["status"]).startswith(settings.public_url)
    advice = "clear the status callback: another place is told of every text and its number"
    yield judge(f"{name} status callback", not elsewhere, advice)


def _judge_fallback(name: str, settings: Settings, doors: Resource) -> Finding:
    """https://www.twilio.com/docs/usage/security: a GET puts words and number into the address."""
    url, method = str(doors["fallback_url"] or ""), doors["fallback_method"]
    host = _host(url)
    if not host:
        return Finding(name, False, "set a fallback address: waymark fallback writes what it says")
    if host == _host(settings.public_url):
        return Finding(name, False, "the fallback must lie elsewhere: this host will be away too")
    private = method == "POST" or host == TWIML_BINS
    return judge(name, private, "set the fallback to POST: a GET writes words into its host's logs")


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
