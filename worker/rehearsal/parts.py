"""An engine and the actions of a draft, as processes beside those in use."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import httpx

from bot.flows.beside import place_beside
from bot.flows.content import SHIPPED
from bot.flows.serve import engine_command, engine_environment
from bot.settings import Secret, Settings
from worker.engine import Engine
from worker.rehearsal.errors import DraftNotServed

#: Seconds. Importing the engine's libraries is most of it, and everybody else goes first.
READY_WITHIN = 600.0
LOOK_EVERY = 0.25
_LOG = "parts.log"


def plan_settings(settings: Settings, home: Path) -> Settings:
    """The settings of a house in ``home`` whose engine and actions are its own."""
    engine, actions = _find_free_ports()
    return replace(
        settings,
        home=home,
        engine_port=engine,
        actions_port=actions,
        engine_token=Secret(secrets.token_hex(32)),
    )


class Parts:
    """Both processes. They end with this one, however it ends."""

    def __init__(self, processes: tuple[Process, ...]) -> None:
        self._processes = processes

    @property
    def run(self) -> bool:
        """Whether both are still there."""
        return all(process.returncode is None for process in self._processes)

    async def wait_until_ready(self, settings: Settings, engine: Engine) -> None:
        """Return when both answer. Raises :class:`DraftNotServed`."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(READY_WITHIN):
                while self.run:
                    if await engine.is_here() and await _are_actions_here(settings):
                        return
                    await asyncio.sleep(LOOK_EVERY)
        raise DraftNotServed

    async def stop(self) -> None:
        """End both; they keep nothing that could be lost."""
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        for process in self._processes:
            await process.wait()


async def start_parts(settings: Settings, model: Path) -> Parts:
    """Start both for the content in use of ``settings.home``."""
    log = settings.home / _LOG
    engine = engine_command(str(model), settings.engine_port)
    actions = (sys.executable, "-m", "actions")
    return Parts(
        (
            await _start(engine, engine_environment(_common_facts(settings)), log),
            await _start(actions, _actions_facts(settings), log),
        )
    )


async def _start(
    command: list[str] | tuple[str, ...], environment: Mapping[str, str], log: Path
) -> Process:
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            *place_beside(command),
            cwd=SHIPPED,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            start_new_session=True,
        )


def _common_facts(settings: Settings) -> dict[str, str]:
    known = {name: os.environ[name] for name in ("HOME", "LANG", "PATH") if name in os.environ}
    return {
        **known,
        "PYTHONPATH": str(SHIPPED),
        "WAYMARK_ACTIONS_PORT": str(settings.actions_port),
        "WAYMARK_ENGINE_TOKEN": settings.engine_token.reveal(),
    }


def _actions_facts(settings: Settings) -> dict[str, str]:
    return {
        **_common_facts(settings),
        "WAYMARK_HOME": str(settings.home),
        "WAYMARK_SITE": str(settings.site_path),
        "WAYMARK_DATABASE_URL": settings.database_url.reveal(),
    }


async def _are_actions_here(settings: Settings) -> bool:
    url = f"http://127.0.0.1:{settings.actions_port}/health"
    try:
        async with httpx.AsyncClient(trust_env=False) as http:
            return (await http.get(url, timeout=5)).is_success
    except httpx.TransportError:
        return False


def _find_free_ports() -> tuple[int, int]:
    """Two TCP ports on loopback that nobody uses at the moment."""
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return int(first.getsockname()[1]), int(second.getsockname()[1])
