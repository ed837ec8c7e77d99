"""``GET /health`` and ``waymark doctor`` tell whether every part is there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.house import RunningHouse
from tests.plain import PLAIN

WAYMARK = str(Path(sys.executable).with_name("waymark"))


@pytest.mark.stack
def test_health_of_the_whole_house(stack: RunningHouse) -> None:
    answer = httpx.get(f"{stack.url}/health", trust_env=False, verify=PLAIN)
    assert answer.status_code == 200
    parts = dict.fromkeys(("status", "engine", "actions", "database", "worker"), "ok")
    assert answer.json() == parts


@pytest.mark.stack
def test_doctor_agrees(stack: RunningHouse) -> None:
    command = [WAYMARK, "doctor", "--json"]
    run = subprocess.run(command, env=stack.environment, capture_output=True, check=False)
    well = {check["name"]: check["well"] for check in json.loads(run.stdout)}
    assert all(well[name] for name in ("site pack", "keyring", "database", "worker")), well


@pytest.mark.parametrize(
    "command", ["chat", "directory", "doctor", "fallback", "forget", "keys", "train", "understand"]
)
def test_every_command_explains_itself(command: str) -> None:
    run = subprocess.run([WAYMARK, command, "--help"], capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert run.stdout.startswith("usage: waymark")
