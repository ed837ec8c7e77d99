"""Waymark as ``scripts/up`` starts it: every process, its supervisor, its own database."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType

import httpx
import psycopg

from bench.turns.carrier import Carrier, open_carrier
from bench.turns.engine_door import EngineDoor
from bench.turns.home import SITE, find_archive, free_ports, own_home, plain_environment, wait_until
from bench.turns.outbox_bell import hang_bell
from bench.turns.processes import find_family, read_command, running, weigh
from bench.turns.side import TakeTurn, TimeFirstReply
from bot.site import load_site
from bot.store import embedded

PORTS = tuple(f"WAYMARK_{part}PORT" for part in ("", "CONSOLE_", "ENGINE_", "ACTIONS_"))
#: What the command line of each part holds, and its name in the table.
PARTS = {
    "rasa run": "engine",
    "-m actions": "actions",
    "-m worker": "worker",
    "-m gateway": "gateway",
    "-m console": "console",
    "supervisord": "supervisor",
    "-m deploy.stack": "start script",
}
_OPEN = """
SELECT EXISTS (SELECT FROM inbox WHERE state <> 'done')
    OR EXISTS (SELECT FROM outbox WHERE state IN ('pending', 'sending'))
"""


class Waymark:
    """The running house."""

    name = "Waymark"
    hello = "hello"

    def __init__(
        self, home: Path, carrier: Carrier, stack: ExitStack, doors: Mapping[str, str]
    ) -> None:
        self._doors = doors
        self._home, self._stack, self.carrier = home, stack, carrier
        self._ports = free_ports(*PORTS)
        self.gateway = f"http://127.0.0.1:{self._ports['WAYMARK_PORT']}"
        self.webhook = f"{self.gateway}/twilio/inbound"
        self._cluster = embedded.find_cluster(home)
        self._http = stack.enter_context(httpx.Client(trust_env=False, timeout=60))

    def start(self) -> None:
        """Start everything and return when all of it answers."""
        model = find_archive()
        (self._home / "models").mkdir(mode=0o700)
        shutil.copy2(model, self._home / "models" / model.name)
        ours = {
            **self._ports,
            **self.carrier.settings,
            **self._doors,
            "WAYMARK_HOME": str(self._home),
        }
        command = [sys.executable, "-m", "deploy.stack"]
        self._stack_process = self._stack.enter_context(
            running(command, {**plain_environment(), **ours}, self._home / "stack.log")
        )
        wait_until(self._is_healthy, "Waymark")
        self._engine = self._find_engine()
        self.database = self._stack.enter_context(
            psycopg.connect(self._cluster.url, autocommit=True)
        )

    def is_idle(self) -> bool:
        """Whether every message is done and every reply is with the carrier."""
        return self.database.execute(_OPEN).fetchone() == (False,)

    @contextmanager
    def meeting(self) -> Iterator[TimeFirstReply]:
        """From the webhook's first byte until the reply is committed to the outbox."""
        with hang_bell(self.database) as bell:

            def meet(number: str) -> float:
                letter = self.carrier.write(self.webhook, number, self.hello)
                begun = time.perf_counter()
                answer = self._http.post(letter.url, data=letter.form, headers=letter.headers)
                bell.wait()
                seconds = time.perf_counter() - begun
                answer.raise_for_status()
                return seconds

            yield meet

    def open_conversation(self) -> TakeTurn:
        """Straight to the engine, since the house slows down a person who sends 200 in a row."""
        return self._engine.open_conversation()

    def kill_engine(self) -> None:
        """The supervisor starts it again."""
        os.kill(self._find_pids()["engine"][0], signal.SIGKILL)

    def is_engine_here(self) -> bool:
        """Whether the worker would find it."""
        return self._engine.is_here()

    def weigh(self) -> dict[str, float]:
        """Every process there is, the supervisor and the start script included."""
        postmaster = (self._cluster.data / "postmaster.pid").read_text().split()[0]
        weights = {name: weigh(pids) for name, pids in self._find_pids().items()}
        return {**weights, "postgres": weigh(list(find_family(int(postmaster))))}

    def _find_engine(self) -> EngineDoor:
        url = f"http://127.0.0.1:{self._ports['WAYMARK_ENGINE_PORT']}/webhooks/turn"
        token = (self._home / "keys" / "engine-token").read_text(encoding="utf-8").strip()
        return EngineDoor(url, token, load_site(SITE).facts, self._http)

    def _find_pids(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for pid in find_family(self._stack_process.pid):
            command = read_command(pid)
            name = next((name for sign, name in PARTS.items() if sign in command), "other")
            found.setdefault(name, []).append(pid)
        return found

    def _is_healthy(self) -> bool:
        if self._stack_process.poll() is not None:
            raise SystemExit((self._home / "stack.log").read_text(encoding="utf-8"))
        try:
            return self._http.get(f"{self.gateway}/health").is_success
        except httpx.TransportError:
            return False


@contextmanager
def waymark_side(doors: Mapping[str, str] = MappingProxyType({})) -> Iterator[Waymark]:
    """Waymark for as long as the block lasts, with the settings of other channels."""
    with own_home() as home, open_carrier(home) as carrier, ExitStack() as stack:
        waymark = Waymark(home, carrier, stack, doors)
        waymark.start()
        yield waymark
