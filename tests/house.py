"""A whole Waymark for tests: the real parts as real processes, which a test may kill."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import httpx

from bot.commands.directory import load_directory
from bot.flows.serve import engine_environment
from bot.flows.train import find_model
from bot.settings import ROOT, Settings, load
from bot.site import load_site
from bot.vault.keyring import open_keyring
from deploy.stack.parts import Part, find_parts
from simulator.account import ACCOUNT_SID, NUMBER, WHATSAPP_NUMBER
from tests.plain import PLAIN

TOKEN = "0123456789abcdef0123456789abcdef"  # the demo's own account has no other secret
READY_WITHIN = 240.0

Found = TypeVar("Found")


def free_port() -> int:
    """A TCP port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(look: Callable[[], Found], what: str, seconds: float = 30.0) -> Found:
    """The first true answer of ``look``. Fails the test when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds:g} s in vain for {what}")


class RunningHouse:
    """Starts, stops and kills the parts. Each part's output goes to a file of its own."""

    def __init__(self, home: Path, database_url: str, extra: Mapping[str, str]) -> None:
        self.home = home
        self.environment = {
            **{
                k: v
                for k, v in os.environ.items()
                if not k.startswith(("WAYMARK", "TWILIO", "TELEGRAM"))
            },
            "PYTHONPATH": str(ROOT),
            "WAYMARK_HOME": str(home),
            "WAYMARK_SITE": str(ROOT / "sites" / "demo"),
            "WAYMARK_DATABASE_URL": database_url,
            "WAYMARK_ENGINE_TOKEN": TOKEN,
            **{f"WAYMARK_{name}": str(free_port()) for name in _PORTS},
            **_account(free_port()),
            **extra,
        }
        self.settings: Settings = load(self.environment)
        open_keyring(home)
        model = find_model(ROOT, ROOT / "var")
        assert model is not None, "run ./scripts/train first"
        port = int(self.environment["WAYMARK_SIMULATOR_PORT"])
        (home / "models").mkdir()
        (home / "models" / model.name).symlink_to(model)
        found = find_parts(self.settings, simulator_port=port)
        self._parts: dict[str, Part] = {part.name: part for part in found}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        """The gateway's address."""
        return f"http://127.0.0.1:{self.settings.port}"

    def load_directory(self) -> None:
        """Load the demo site's services, as a first start does."""
        site = load_site(self.settings.site_path)
        asyncio.run(load_directory(self.settings, site))

    def start(self, *names: str) -> None:
        """Start parts without waiting for them; all of them when none is named."""
        for name in names or tuple(self._parts):
            self._running[name] = self._launch(self._parts[name])

    def kill(self, name: str) -> None:
        """SIGKILL one part, and return when it is gone."""
        self._running[name].kill()
        self._running.pop(name).wait()

    def stop(self) -> None:
        """Ask every part to stop, and insist after a while."""
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        for process in self._running.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()

    def wait_until_healthy(self, parts: Iterable[str] = ("engine", "actions", "worker")) -> None:
        """Return when the gateway reports each of ``parts`` as there."""
        wanted = ("database", *parts)
        wait_for(lambda: self._is_healthy(wanted), f"the parts {wanted}", READY_WITHIN)

    def wait_for_engine(self) -> None:
        """Return when the engine alone answers."""
        url = f"http://127.0.0.1:{self.settings.engine_port}/webhooks/turn/"
        wait_for(lambda: _answers(url), "the engine", READY_WITHIN)

    def _is_healthy(self, wanted: Iterable[str]) -> bool:
        try:
            health = httpx.get(f"{self.url}/health", trust_env=False, verify=PLAIN).json()
        except (httpx.HTTPError, ValueError):
            return False
        return all(health[part] == "ok" for part in wanted)

    def _launch(self, part: Part) -> subprocess.Popen[bytes]:
        environment = self.environment
        if part.name == "engine":
            environment = {**self.environment, **engine_environment(self.environment)}
        (self.home / "logs").mkdir(exist_ok=True)
        with (self.home / "logs" / f"{part.name}.log").open("ab") as log:
            return subprocess.Popen(
                part.command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


@contextmanager
def open_house(home: Path, database_url: str, extra: Mapping[str, str]) -> Iterator[RunningHouse]:
    """The whole house, running with the demo site's directory, until it is needed no longer."""
    house = RunningHouse(home, database_url, extra)
    house.load_directory()
    try:
        house.start()
        house.wait_until_healthy()
        yield house
    finally:
        house.stop()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False, verify=PLAIN).is_success
    except httpx.HTTPError:
        return False


def _account(port: int) -> dict[str, str]:
    return {
        "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_FROM": NUMBER,
        "TWILIO_WHATSAPP_FROM": WHATSAPP_NUMBER,
        "TWILIO_API_BASE": f"http://127.0.0.1:{port}",
        "WAYMARK_SIMULATOR_PORT": str(port),
    }


_PORTS = ("PORT", "ENGINE_PORT", "ACTIONS_PORT", "CONSOLE_PORT")
