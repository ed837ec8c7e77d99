"""``./scripts/up`` for an operator: it starts, stops without a trace, says what is wrong."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.settings import ROOT
from bot.store.embedded import find_cluster
from tests.house import free_port, wait_for
from tests.plain import PLAIN

PORTS = ("PORT", "CONSOLE_PORT", "ENGINE_PORT", "ACTIONS_PORT", "SIMULATOR_PORT")
UP = str(ROOT / "scripts" / "up")


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A home of its own with the model in it, and ports that nobody uses."""
    home = tmp_path / "home"
    shutil.copytree(ROOT / "var" / "models", home / "models")
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("WAYMARK", "TWILIO"))}
    ports = {f"WAYMARK_{name}": str(free_port()) for name in PORTS}
    yield {**outside, **ports, "WAYMARK_HOME": str(home)}
    _remove_roots_cluster(home)


@pytest.mark.stack
@pytest.mark.timeout(240)
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_starts_serves_and_stops_without_a_trace(
    environment: dict[str, str], sign: signal.Signals, tmp_path: Path
) -> None:
    with (tmp_path / "out").open("w+b") as out:
        up = subprocess.Popen([UP], env=environment, stdout=out, stderr=out, start_new_session=True)
        url = f"http://127.0.0.1:{environment['WAYMARK_PORT']}"
        wait_for(lambda: _is_healthy(url) or up.poll() is not None, "the start", 200)
        said = (tmp_path / "out").read_text()
        assert up.poll() is None, said
        wait_for(lambda: "Press Ctrl-C" in (tmp_path / "out").read_text(), "the addresses")
        said = (tmp_path / "out").read_text()
        for name in ("PORT", "SIMULATOR_PORT"):
            assert f"http://127.0.0.1:{environment[f'WAYMARK_{name}']}/" in said
        assert f"http://localhost:{environment['WAYMARK_CONSOLE_PORT']}/join/" in said
        up.send_signal(sign)
        assert up.wait(60) == 0
    assert _left_over(environment["WAYMARK_HOME"]) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"WAYMARK_PORT": "eighty"}, "WAYMARK_PORT"),
        ({"WAYMARK_SITE": "/nowhere"}, "WAYMARK_SITE"),
        ({"WAYMARK_PUBLIC_URL": "ftp://x"}, "WAYMARK_PUBLIC_URL"),
        ({"WAYMARK_SIMULATOR_PORT": "0"}, "WAYMARK_SIMULATOR_PORT"),
        ({"WAYMARK_DATABASE_URL": "mysql://x"}, "WAYMARK_DATABASE_URL"),
        ({"TWILIO_ACCOUNT_SID": "AC1"}, "TWILIO_AUTH_TOKEN"),
        ({"WAYMARK_HOME": "/proc/waymark"}, "WAYMARK_HOME"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_wrong_setting_is_named_in_one_sentence(
    environment: dict[str, str], wrong: dict[str, str], sentence: str
) -> None:
    run = subprocess.run([UP], env=environment | wrong, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert sentence in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


def test_a_port_in_use_is_named(environment: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(environment["WAYMARK_ENGINE_PORT"])))
        other.listen()
        run = subprocess.run([UP], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "WAYMARK_ENGINE_PORT" in run.stderr and "in use" in run.stderr
    assert _left_over(environment["WAYMARK_HOME"]) == []


def _is_healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", trust_env=False, verify=PLAIN).is_success
    except httpx.HTTPError:
        return False


def _left_over(home: str) -> list[str]:
    """Command lines and environments of processes that still know of ``home``."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            known = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if home.encode() in known:
            found.append(known.split(b"\0")[0].decode())
    return found


def _remove_roots_cluster(home: Path) -> None:
    """Under root the database's files lie outside of the home."""
    shutil.rmtree(find_cluster(home).data.parent, ignore_errors=True)
