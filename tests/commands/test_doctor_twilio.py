"""``waymark doctor`` looks at a Twilio account and says what to change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.doctor_twilio import examine_twilio
from bot.commands.finding import Finding
from bot.settings import ROOT, Secret, Settings, load
from bot.site_channels import KEEP, SiteChannels, TextOptions
from simulator.account import NUMBER, SERVICE_SID, TEMPLATE_SID, WHATSAPP_NUMBER
from tests.fakes.twilio import TOKEN, TwilioFake, run_twilio

CHANNELS = SiteChannels(
    TextOptions("sms"), TextOptions("whatsapp", after_delivery=KEEP, template=TEMPLATE_SID)
)


@pytest.fixture
def twilio() -> Iterator[TwilioFake]:
    """An account that is set up well, until a test changes it."""
    with run_twilio() as fake:
        yield fake


@pytest.fixture
def settings(twilio: TwilioFake, tmp_path: Path) -> Settings:
    """A house whose public address is where the account's webhooks go."""
    house = {
        "WAYMARK_HOME": str(tmp_path),
        "WAYMARK_SITE": str(ROOT / "sites" / "demo"),
        "WAYMARK_PUBLIC_URL": twilio.receiver.url,
        "WAYMARK_DATABASE_URL": "postgresql://nowhere/none",
    }
    return replace(load(house), twilio=twilio.settings)


def examine(settings: Settings, **changed: object) -> dict[str, Finding]:
    """What is found, by name."""
    assert settings.twilio
    account = replace(settings.twilio, **changed)  # type: ignore[arg-type]
    found = list(examine_twilio(replace(settings, twilio=account), CHANNELS))
    assert len({finding.name for finding in found}) == len(found)
    assert TOKEN not in repr(found)
    return {finding.name: finding for finding in found}


def bad(found: dict[str, Finding]) -> set[str]:
    """What is not well; everything of that kind has advice."""
    assert all(finding.well or finding.advice for finding in found.values())
    return {name for name, finding in found.items() if not finding.well}


@pytest.mark.parametrize("sender", [NUMBER, SERVICE_SID])
def test_an_account_that_is_set_up_well_is_well(settings: Settings, sender: str) -> None:
    found = examine(settings, sender=sender)
    assert bad(found) == set()
    for name in ("twilio webhook", "twilio fallback", "whatsapp sender", "whatsapp template"):
        assert name in found


def test_without_whatsapp_nobody_looks_for_it(settings: Settings) -> None:
    names = examine(settings, whatsapp_sender=None)
    assert not [name for name in names if name.startswith("whatsapp")]


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("sms_url", "", "twilio webhook"),
        ("sms_url", "https://other.example/twilio/inbound", "twilio webhook"),
        ("sms_method", "GET", "twilio webhook"),
        ("sms_application_sid", "AP" + "0" * 32, "twilio application"),
        ("sms_fallback_url", "", "twilio fallback"),
        ("sms_fallback_url", None, "twilio fallback"),
        ("sms_fallback_url", "http://[", "twilio fallback"),
        ("status_callback", "https://other.example/", "twilio status callback"),
        ("voice_url", "https://demo.twilio.com/welcome/voice/", "twilio voice"),
        ("capabilities", {"sms": False}, "twilio sender"),
        ("capabilities", None, "twilio sender"),
        ("phone_number", "+15035550199", "twilio sender"),
    ],
)
def test_what_is_wrong_with_a_number_is_named(
    twilio: TwilioFake, settings: Settings, field: str, value: object, name: str
) -> None:
    twilio.carrier.holdings["number"] = {field: value}
    assert bad(examine(settings)) == {name}


def test_the_right_webhook_is_in_the_advice(twilio: TwilioFake, settings: Settings) -> None:
    twilio.carrier.holdings["number"] = {"sms_url": ""}
    advice = examine(settings)["twilio webhook"].advice
    assert f"POST {settings.public_url}/twilio/inbound" in advice


def test_a_fallback_must_lie_elsewhere_and_keep_words_out_of_logs(
    twilio: TwilioFake, settings: Settings
) -> None:
    for url, method, well in (
        ("https://handler.twilio.com/twiml/EH1", "GET", True),
        ("https://static.example/fallback.xml", "POST", True),
        ("https://static.example/fallback.xml", "GET", False),
        (f"{settings.public_url}/fallback.xml", "POST", False),
    ):
        number = {"sms_fallback_url": url, "sms_fallback_method": method}
        twilio.carrier.holdings["number"] = number
        assert examine(settings)["twilio fallback"].well is well


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("inbound_request_url", "https://other.example/", "twilio webhook"),
        ("inbound_method", "GET", "twilio webhook"),
        ("fallback_url", "", "twilio fallback"),
        ("status_callback", "https://other.example/", "twilio status callback"),
        ("sticky_sender", False, "twilio sticky sender"),
        ("smart_encoding", True, "twilio smart encoding"),
        ("us_app_to_person_registered", False, "twilio registration"),
    ],
)
def test_what_is_wrong_with_a_service_is_named(
    twilio: TwilioFake, settings: Settings, field: str, value: object, name: str
) -> None:
    twilio.carrier.holdings["service"] = {field: value}
    assert bad(examine(settings, sender=SERVICE_SID)) == {name}


def test_a_service_that_leaves_webhooks_to_its_numbers_is_looked_at_there(
    twilio: TwilioFake, settings: Settings
) -> None:
    service = {"use_inbound_webhook_on_number": True, "inbound_request_url": ""}
    twilio.carrier.holdings["service"] = service
    assert bad(examine(settings, sender=SERVICE_SID)) == set()
    twilio.carrier.holdings["number"] = {"sms_url": ""}
    assert bad(examine(settings, sender=SERVICE_SID)) == {"twilio webhook"}


@pytest.mark.parametrize("sender", ["+15035550199", "MG" + "1" * 32])
def test_a_sender_that_is_not_the_accounts_is_named(settings: Settings, sender: str) -> None:
    assert bad(examine(settings, sender=sender)) == {"twilio sender"}


@pytest.mark.parametrize(
    ("status", "found"), [("TWILIO_APPROVED", set()), ("PENDING_REVIEW", {"twilio registration"})]
)
def test_a_toll_free_number_must_be_verified(
    twilio: TwilioFake, settings: Settings, status: str, found: set[str]
) -> None:
    twilio.carrier.holdings["number"] = {"phone_number": "+18005550100"}
    twilio.carrier.holdings["verification"] = {"status": status}
    assert bad(examine(settings, sender="+18005550100")) == found


@pytest.mark.parametrize(
    ("part", "field", "value", "names"),
    [
        ("sender", "status", "OFFLINE", {"whatsapp sender"}),
        ("sender", "webhook", None, {"whatsapp webhook", "whatsapp fallback"}),
        ("approval", "status", "paused", {"whatsapp template"}),
        ("account", "type", "Trial", {"twilio account"}),
        ("account", "status", "suspended", {"twilio account"}),
    ],
)
def test_what_is_wrong_elsewhere_is_named(
    twilio: TwilioFake, settings: Settings, part: str, field: str, value: object, names: set[str]
) -> None:
    twilio.carrier.holdings[part] = {field: value}
    assert bad(examine(settings)) == names


def test_a_whatsapp_address_of_somebody_else_is_named(settings: Settings) -> None:
    found = examine(settings, whatsapp_sender="whatsapp:+15035550199")
    assert "whatsapp sender" in bad(found)
    assert WHATSAPP_NUMBER not in repr(found)


def test_wrong_credentials_are_one_finding(settings: Settings) -> None:
    found = examine(settings, auth_token=Secret("f" * 32))
    assert list(found) == ["twilio account"]
    assert "TWILIO_AUTH_TOKEN" in found["twilio account"].advice
    assert "f" * 32 not in repr(found)


@pytest.mark.parametrize("base", ["http://127.0.0.1:9", "http://["])
def test_a_twilio_that_is_away_is_one_finding(settings: Settings, base: str) -> None:
    found = examine(settings, api_base=base)
    assert list(found) == ["twilio account"]
    assert not found["twilio account"].well


def test_trouble_at_twilio_breaks_nothing(twilio: TwilioFake, settings: Settings) -> None:
    for quiet in range(6):
        twilio.carrier.plan.next_statuses = [503]
        found = list(examine_twilio(settings, CHANNELS))
        assert "answer" in found[-1].advice, quiet
        assert TOKEN not in repr(found)


def test_what_no_program_can_see_is_left_to_people(settings: Settings) -> None:
    found = examine(settings)["twilio help reply"]
    assert found.well
    assert "HELP" in found.advice
