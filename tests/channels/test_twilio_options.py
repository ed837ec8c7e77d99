"""What a site may decide about its text channels, and what it is told when it decides wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SiteError
from bot.settings import ROOT
from bot.site import load_site
from bot.site_channels import SiteChannels, TextOptions, parse_channels

SITE = Path("sites/somewhere")
TEMPLATE = "HX" + "0" * 32


def test_a_site_that_decides_nothing_deletes_what_has_arrived() -> None:
    sms, whatsapp = TextOptions("sms"), TextOptions("whatsapp")
    assert parse_channels(SITE, {}) == SiteChannels(sms, whatsapp)
    assert (sms.after_delivery, sms.per_second, whatsapp.template) == ("delete", None, None)


def test_everything_can_be_decided() -> None:
    content = {
        "sms": {"per_second": 15, "after_delivery": "redact"},
        "whatsapp": {"per_second": 0.5, "after_delivery": "keep", "template": TEMPLATE},
    }
    assert parse_channels(SITE, content) == SiteChannels(
        TextOptions("sms", 15.0, "redact"), TextOptions("whatsapp", 0.5, "keep", TEMPLATE)
    )


def test_the_demo_keeps_what_lies_in_its_own_simulator() -> None:
    channels = load_site(ROOT / "sites" / "demo").channels
    assert {channels.sms.after_delivery, channels.whatsapp.after_delivery} == {"keep"}


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"sms": 1}, "after_delivery, per_second"),
        ({"sms": {"speed": 1}}, "after_delivery, per_second"),
        ({"sms": {"template": TEMPLATE}}, "after_delivery, per_second"),
        ({"whatsapp": {"templates": []}}, "template"),
        ({"sms": {"per_second": 0}}, "per_second"),
        ({"sms": {"per_second": -1}}, "per_second"),
        ({"sms": {"per_second": 1001}}, "per_second"),
        ({"sms": {"per_second": "1"}}, "per_second"),
        ({"sms": {"per_second": True}}, "per_second"),
        ({"sms": {"per_second": float("nan")}}, "per_second"),
        ({"sms": {"after_delivery": "Delete"}}, "keep, delete or redact"),
        ({"sms": {"after_delivery": ["keep"]}}, "keep, delete or redact"),
        ({"whatsapp": {"after_delivery": False}}, "keep, delete or redact"),
        ({"whatsapp": {"template": "HX1"}}, "template"),
        ({"whatsapp": {"template": f"{TEMPLATE}\n"}}, "template"),
        ({"whatsapp": {"template": 1}}, "template"),
    ],
)
def test_what_means_nothing_is_refused_and_named(content: dict[str, object], named: str) -> None:
    with pytest.raises(SiteError, match=named):
        parse_channels(SITE, content)
