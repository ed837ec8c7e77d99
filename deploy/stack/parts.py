"""The parts of Waymark on one machine: how each is started, and what it may know."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from bot.settings import ROOT, Settings

ENGINE_VENV = ROOT / ".venv-engine"

#: All that the engine is told: it gets no key, no database and no vendor's secret.
ENGINE_KNOWS = (
    "HOME",
    "LANG",
    "PATH",
    "WAYMARK_ACTIONS_PORT",
    "WAYMARK_ENGINE_HISTORY",
    "WAYMARK_ENGINE_TOKEN",
)
ENGINE_SETTINGS = {
    "PYTHONPATH": str(ROOT),
    "RASA_TELEMETRY_ENABLED": "false",
    # A person's words must not reach a log, and Rasa's errors may quote them.
    "LOG_LEVEL": "CRITICAL",
    "LOG_LEVEL_LIBRARIES": "CRITICAL",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "OMP_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}


@dataclass(frozen=True)
class Part:
    """One process. ``ports`` are what it listens on, by the setting that names each."""

    name: str
    command: tuple[str, ...]
    ports: Mapping[str, int]


def find_parts(settings: Settings, *, simulator_port: int | None) -> list[Part]:
    """Every process of the house, in the order of starting."""
    parts = [
        Part("engine", _patiently("deploy.stack.engine"), _one("ENGINE", settings)),
        Part("actions", _patiently("actions"), _one("ACTIONS", settings)),
        Part("worker", _patiently("worker"), {}),
        Part("gateway", _python("gateway"), {"WAYMARK_PORT": settings.port}),
        Part("console", _python("console"), _one("CONSOLE", settings)),
    ]
    if simulator_port:
        ports = {"WAYMARK_SIMULATOR_PORT": simulator_port}
        parts.append(Part("simulator", _python("simulator"), ports))
    return parts


def engine_command(model: str, port: int) -> list[str]:
    """Rasa's own server with our one channel; its wider HTTP API stays off."""
    return [
        str(ENGINE_VENV / "bin" / "rasa"),
        "run",
        *("--model", model),
        *("--endpoints", str(ROOT / "engine" / "endpoints.yml")),
        *("--credentials", str(ROOT / "engine" / "credentials.yml")),
        *("--interface", "127.0.0.1", "--port", str(port)),
    ]


def engine_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What the engine may know of ``environment``."""
    known = {name: environment[name] for name in ENGINE_KNOWS if name in environment}
    known.setdefault("WAYMARK_ACTIONS_PORT", "5055")
    return {**known, **ENGINE_SETTINGS}


def _python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *arguments)


def _patiently(module: str) -> tuple[str, ...]:
    """Behind the doors in the line for a core: in a rush a message is taken in at once, and
    answered as soon as it can be.
    """
    return ("nice", "-n", "5", *_python(module))


def _one(name: str, settings: Settings) -> dict[str, int]:
    return {f"WAYMARK_{name}_PORT": getattr(settings, f"{name.lower()}_port")}


def start_engine(model: str, port: int) -> None:
    """Become the engine. Never returns."""
    command = engine_command(model, port)
    os.execve(command[0], command, engine_environment(os.environ))  # noqa: S606 fixed command
