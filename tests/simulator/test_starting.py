"""The simulator starts in a demo with its own account, and nowhere else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from bot.settings import ROOT
from simulator.account import ACCOUNT_SID, NUMBER, Account, load_account
from simulator.errors import NotADemo, RealCredentials
from tests.house import free_port, wait_for
from tests.plain import PLAIN
from tests.simulator.conftest import TOKEN

DEMO = ROOT / "sites" / "demo"
ALLOWED = {
    "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "TWILIO_API_BASE": "http://127.0.0.1:8002",
    "WAYMARK_SITE": str(DEMO),
}


def test_the_demos_own_account_is_played() -> None:
    account = load_account(ALLOWED)
    assert account == Account(ACCOUNT_SID, TOKEN, NUMBER, "http://127.0.0.1:8000", 8002)
    assert TOKEN not in repr(account)


def test_texts_go_to_the_address_that_the_gateway_signs() -> None:
    public = {**ALLOWED, "WAYMARK_PUBLIC_URL": "https://demo.example/"}
    assert load_account(public).gateway == "https://demo.example"
    assert load_account({**ALLOWED, "WAYMARK_PORT": "9000"}).gateway == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    "changed",
    [
        {"TWILIO_ACCOUNT_SID": "AC" + "1" * 32},
        {"TWILIO_ACCOUNT_SID": ""},
        {"TWILIO_AUTH_TOKEN": ""},
        {"TWILIO_API_BASE": ""},
        {"TWILIO_API_BASE": "https://api.twilio.com"},
        {"TWILIO_API_BASE": "http://127.0.0.1:8003"},
        {"TWILIO_API_BASE": "http://127.0.0.1"},
        {"TWILIO_API_BASE": "http://127.0.0.1:port"},
        {"TWILIO_API_BASE": "http://demo.example:8002"},
        {"TWILIO_API_BASE": "http://127.0.0.1:8002@demo.example"},
        {"TWILIO_API_BASE": "http://127.0.0.1.demo.example:8002"},
        {"WAYMARK_SIMULATOR_PORT": "8003"},
    ],
)
def test_beside_settings_that_are_not_its_own_it_refuses(changed: dict[str, str]) -> None:
    with pytest.raises(RealCredentials):
        load_account({**ALLOWED, **changed})


@pytest.mark.parametrize("missing", ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_BASE"])
def test_without_one_of_its_own_settings_it_refuses(missing: str) -> None:
    with pytest.raises(RealCredentials):
        load_account({name: value for name, value in ALLOWED.items() if name != missing})


@pytest.mark.parametrize("line", ["", "demo = false\n"])
def test_outside_a_demo_it_refuses(tmp_path: Path, line: str) -> None:
    site = (DEMO / "site.toml").read_text(encoding="utf-8")
    assert "demo = true\n" in site
    (tmp_path / "site.toml").write_text(site.replace("demo = true\n", line), encoding="utf-8")
    with pytest.raises(NotADemo):
        load_account({**ALLOWED, "WAYMARK_SITE": str(tmp_path)})


def launch(environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """The simulator as the stack starts it."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("TWILIO", "WAYMARK"))}
    return subprocess.Popen(
        [sys.executable, "-m", "simulator"],
        cwd=ROOT,
        env={**clean, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_refusal_is_one_sentence_that_names_no_setting() -> None:
    process = launch({**ALLOWED, "TWILIO_ACCOUNT_SID": "AC" + "1" * 32})
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (2, "", f"{RealCredentials.__doc__}\n")


def test_it_listens_on_this_machine_until_it_is_asked_to_stop() -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = launch({**ALLOWED, "TWILIO_API_BASE": url, "WAYMARK_SIMULATOR_PORT": str(port)})
    try:
        wait_for(lambda: is_up(url), "the page")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (out, err) == ("", "")
    assert process.returncode in {0, -signal.SIGTERM}


def is_up(url: str) -> bool:
    """Whether the page is served."""
    try:
        return httpx.get(url, trust_env=False, verify=PLAIN).status_code == 200
    except httpx.TransportError:
        return False
