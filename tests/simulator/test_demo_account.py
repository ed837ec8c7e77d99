"""The start hands the demo an account of its own, and never beside a real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import ROOT, load
from deploy.stack.simulator import decide_simulator_port, simulator_settings
from simulator.account import load_account


def test_a_demo_without_an_account_gets_the_simulator() -> None:
    assert decide_simulator_port({}, demo=True) == 8002
    assert decide_simulator_port({"WAYMARK_SIMULATOR_PORT": "9002"}, demo=True) == 9002


def test_a_real_community_never_gets_it() -> None:
    assert decide_simulator_port({}, demo=False) is None
    assert decide_simulator_port({"WAYMARK_SIMULATOR_PORT": "9002"}, demo=False) is None


@pytest.mark.parametrize(
    "name",
    [
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
        "TWILIO_AUTH_TOKEN_FILE",
        "TWILIO_FROM",
        "TWILIO_WHATSAPP_FROM",
        "TWILIO_API_BASE",
    ],
)
@pytest.mark.parametrize("value", ["x", ""])
def test_any_setting_of_twilio_keeps_it_away(name: str, value: str) -> None:
    assert decide_simulator_port({name: value}, demo=True) is None


def test_the_simulator_accepts_what_the_start_hands_out(tmp_path: Path) -> None:
    environment = {
        **simulator_settings(tmp_path, 9002),
        "WAYMARK_HOME": str(tmp_path),
        "WAYMARK_SITE": str(ROOT / "sites" / "demo"),
    }
    account, settings = load_account(environment), load(environment)
    assert settings.twilio is not None
    assert (account.sid, account.number) == (settings.twilio.account_sid, settings.twilio.sender)
    assert account.token == settings.twilio.auth_token.reveal()
    assert (account.port, account.gateway) == (9002, settings.public_url)
    assert settings.twilio.api_base == "http://127.0.0.1:9002"


def test_every_house_has_a_token_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    tokens = [
        simulator_settings(tmp_path / house, 9002)["TWILIO_AUTH_TOKEN"] for house in ("a", "a", "b")
    ]
    assert tokens[0] == tokens[1] != tokens[2]
