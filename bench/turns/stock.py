"""Stock Rasa 3.6.21: its own server, connectors and tracker store, and our model and actions."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import psycopg

from bench.turns.carrier import FIRST_REPLY, TOKEN, Carrier, open_carrier
from bench.turns.home import SITE, find_archive, free_ports, own_home, plain_environment, wait_until
from bench.turns.processes import find_family, running, weigh
from bench.turns.side import TakeTurn, TimeFirstReply
from bench.turns.stock_files import write_files
from bot.commands.directory import load_directory
from bot.flows.serve import ENGINE_SETTINGS, ENGINE_VENV
from bot.settings import load
from bot.site import load_site
from bot.store import embedded
from bot.store.migrate import migrate
from bot.vault.keyring import open_keyring

DATABASE = "stock"


class Stock:
    """The running server."""

    name = "stock Rasa"
    hello = "/begin"

    def __init__(self, home: Path, carrier: Carrier, stack: ExitStack) -> None:
        self._home, self._stack, self.carrier = home, stack, carrier
        self._cluster = embedded.find_cluster(home)
        ports = free_ports("RASA", "WAYMARK_ACTIONS_PORT")
        self._url = f"http://127.0.0.1:{ports['RASA']}/webhooks"
        self.webhook = f"{self._url}/twilio/webhook"
        token = {"WAYMARK_HOME": str(home), "WAYMARK_ENGINE_TOKEN": TOKEN}
        self._environment = {**plain_environment(), **ports, **token}
        self._http = stack.enter_context(httpx.Client(trust_env=False, timeout=60))

    def start(self) -> None:
        """Start the database and every process, and return when all of them answer."""
        self._prepare()
        self._actions = self._start_actions()
        self._command = self._write_command()
        self._server = self._start_server()
        wait_until(self.is_engine_here, "stock Rasa")

    def is_idle(self) -> bool:
        """It answers a webhook after the turn, so nothing is left to do behind an answer."""
        return True

    @contextmanager
    def meeting(self) -> Iterator[TimeFirstReply]:
        """Through the REST connector, whose answer is the reply."""
        yield lambda number: self._say(number, self.hello)

    def open_conversation(self) -> TakeTurn:
        """Through the REST connector, whose answer comes at the end of the turn."""
        sender = str(uuid.uuid4())
        self._say(sender, self.hello)
        return lambda words: self._say(sender, words)

    def kill_engine(self) -> None:
        """Start it again at once, as any supervisor would."""
        self._server.send_signal(signal.SIGKILL)
        self._server.wait()
        self._server = self._start_server()

    def is_engine_here(self) -> bool:
        """Rasa's own sign of life."""
        try:
            return self._http.get(f"{self._url}/rest/").is_success
        except httpx.TransportError:
            return False

    def weigh(self) -> dict[str, float]:
        """The server, and what it cannot do without."""
        database = (self._cluster.data / "postmaster.pid").read_text().split()[0]
        return {
            "engine": weigh(list(find_family(self._server.pid))),
            "actions": weigh([self._actions.pid]),
            "postgres": weigh(list(find_family(int(database)))),
        }

    def _say(self, sender: str, words: str) -> float:
        begun = time.perf_counter()
        answer = self._http.post(
            f"{self._url}/rest/webhook", json={"sender": sender, "message": words}
        )
        seconds = time.perf_counter() - begun
        replies = answer.json()
        assert replies, f"stock Rasa had nothing to say to {words!r}"
        assert words != self.hello or replies[0]["text"].startswith(FIRST_REPLY)
        return seconds

    def _prepare(self) -> None:
        embedded.start(self._cluster)
        with psycopg.connect(self._cluster.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        open_keyring(self._home)
        settings = load(self._environment)
        migrate(settings.database_url.reveal())
        asyncio.run(load_directory(settings, load_site(SITE)))

    def _start_actions(self) -> subprocess.Popen[bytes]:
        command, log = [sys.executable, "-m", "actions"], self._home / "actions.log"
        return self._stack.enter_context(running(command, self._environment, log))

    def _start_server(self) -> subprocess.Popen[bytes]:
        """With the same limits on threads and logs as Waymark's engine, and no telemetry."""
        known = {name: self._environment[name] for name in ("HOME", "PATH")}
        environment, log = {**known, **ENGINE_SETTINGS}, self._home / "rasa.log"
        return self._stack.enter_context(running(self._command, environment, log))

    def _write_command(self) -> list[str]:
        database = self._cluster.url.replace("postgresql://", "postgresql+psycopg2://")
        endpoints, credentials = write_files(
            self._home,
            actions=f"http://127.0.0.1:{self._environment['WAYMARK_ACTIONS_PORT']}/webhook",
            token=TOKEN,
            database=database.replace(f"@/{embedded.ACCOUNT}?", f"@/{DATABASE}?"),
            api_base=self.carrier.base,
        )
        return [
            str(ENGINE_VENV / "bin" / "rasa"),
            *("run", "--model", str(find_archive())),
            *("--endpoints", str(endpoints), "--credentials", str(credentials)),
            *("--interface", "127.0.0.1", "--port", self._environment["RASA"]),
        ]


@contextmanager
def stock_side() -> Iterator[Stock]:
    """Stock Rasa for as long as the block lasts."""
    with own_home() as home, open_carrier(home) as carrier, ExitStack() as stack:
        stock = Stock(home, carrier, stack)
        stock.start()
        yield stock
