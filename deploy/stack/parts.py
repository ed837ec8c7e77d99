"""The parts of Waymark on one machine: how each is started, and what it may know."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from bot.flows.serve import engine_command, engine_environment
from bot.settings import Settings


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
