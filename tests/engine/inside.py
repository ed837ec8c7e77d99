"""Runs a program of this folder where the engine runs, with the engine's settings."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from typing import Any

from bot.flows.serve import ENGINE_VENV, engine_environment
from bot.settings import ROOT


def run_inside(module: str, given: object, known: Mapping[str, str] | None = None) -> Any:
    """What ``module`` answers to ``given``, both as JSON. Fails with the program's own words."""
    done = subprocess.run(
        [ENGINE_VENV / "bin" / "python", "-W", "ignore", "-m", f"tests.engine.{module}"],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=engine_environment({**os.environ, **(known or {})}),
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])
