"""The whole start, step by step, with progress for the long ones."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from bot.commands.database import open_transaction
from bot.commands.staff import invite
from bot.commands.updating import take_up_update
from bot.flows.published import find_published
from bot.flows.train import find_model, train_model
from bot.settings import ROOT, Settings, load
from bot.site import load_site
from bot.store.embedded import find_cluster, start, stop
from bot.store.migrate import migrate
from bot.store.staff import Place, has_staff
from bot.vault.keyring import open_keyring
from deploy.stack.checks import check_ports, make_home
from deploy.stack.errors import DirectoryUnreadable
from deploy.stack.parts import find_parts
from deploy.stack.secrets import open_secret
from deploy.stack.simulator import decide_simulator_port, simulator_settings
from deploy.stack.supervise import start_parts, stop_parts, wait_until_ready

#: Whom the first invitation is for; whoever starts the house is the first admin.
FIRST = "admin@localhost"

screen = Console(highlight=False, soft_wrap=True)


def up(environment: dict[str, str]) -> None:
    """Start everything, then watch over it until told to stop."""
    home = load(environment).home
    make_home(home)
    site = load_site(load(environment).site_path)
    port = decide_simulator_port(environment, demo=site.demo)
    if port:
        environment |= simulator_settings(home, port)
    environment |= {
        "WAYMARK_HOME": str(home),
        "WAYMARK_ENGINE_TOKEN": open_secret(home, "engine-token"),
    }
    os.environ.update(environment)
    _run(load(environment), port)


def _run(settings: Settings, simulator_port: int | None) -> None:
    parts = find_parts(settings, simulator_port=simulator_port)
    check_ports(parts)
    open_keyring(settings.home)
    with _database(settings):
        _prepare(settings)
        supervisor = start_parts(settings.home, parts)
        try:
            with _step("Starting"):
                wait_until_ready(settings, supervisor)
            _say_where(settings, simulator_port)
            supervisor.wait()
        finally:
            with _step("Stopping"):
                stop_parts(supervisor)


def _prepare(settings: Settings) -> None:
    with _step("Bringing the database up to date"):
        migrate(settings.database_url.reveal())
    with _step("Loading the directory"):
        _load_directory()
    for line in take_up_update(settings):
        screen.print(line)
    content = find_published(settings.home)
    if find_model(content, settings.home):
        return
    with _step("Training the conversation (some ten minutes the first time, then two per change)"):
        train_model(content, settings.home)


def _load_directory() -> None:
    """Raises :class:`DirectoryUnreadable`."""
    command = [sys.executable, "-m", "deploy.stack.directory"]
    done = subprocess.run(command, check=False, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise DirectoryUnreadable(done.stderr.strip())


@contextmanager
def _database(settings: Settings) -> Iterator[None]:
    """The embedded database, unless the settings name another one."""
    if os.environ.get("WAYMARK_DATABASE_URL") or os.environ.get("WAYMARK_DATABASE_URL_FILE"):
        yield
        return
    cluster = find_cluster(settings.home)
    try:
        with _step("Starting the database"):
            start(cluster)
        yield
    finally:
        stop(cluster)


@contextmanager
def _step(name: str) -> Iterator[None]:
    """Say what takes time, with a moving sign on a terminal, and how long it took."""
    begun = time.monotonic()
    with screen.status(f"{name} ..."):
        yield
    screen.print(f"{name}: {time.monotonic() - begun:.1f} s")


async def find_way_in(settings: Settings) -> str:
    """The console's door; while nobody has an account, an invitation for the first of them."""
    async with open_transaction(settings) as session:
        if await has_staff(session):
            return f"{settings.console_url}/sign-in"
    return await invite(settings, FIRST, Place("admin"))


def _say_where(settings: Settings, simulator_port: int | None) -> None:
    screen.print("\nWaymark is running.")
    screen.print(f"  Web chat       http://127.0.0.1:{settings.port}/")
    screen.print(f"  Console        {asyncio.run(find_way_in(settings))}")
    if simulator_port:
        screen.print(f"  SMS simulator  http://127.0.0.1:{simulator_port}/")
    screen.print(f"  Logs           {settings.home / 'logs'}")
    screen.print("Press Ctrl-C to stop.")
