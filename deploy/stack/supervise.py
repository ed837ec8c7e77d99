"""The supervisor: keeps every part running, restarts what falls, stops all together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import httpx

from bot.settings import ROOT, Settings
from deploy.stack.errors import PartFailed
from deploy.stack.parts import Part

#: Seconds the parts get to come up; importing the engine's libraries is most of it.
READY_WITHIN = 180.0

_HEAD = """[supervisord]
nodaemon=true
silent=true
directory={root}
logfile={home}/logs/supervisor.log
logfile_maxbytes=5MB
logfile_backups=2
pidfile={home}/run/supervisor.pid
"""

_PROGRAM = """
[program:{name}]
command={command}
autorestart=true
startretries=1000
startsecs=2
stopwaitsecs=15
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={home}/logs/{name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2
"""


def start_parts(home: Path, parts: Iterable[Part]) -> subprocess.Popen[bytes]:
    """Start the supervisor with every part under it, in a process group of its own."""
    config = home / "run" / "supervisor.conf"
    config.write_text(_render(home, parts), encoding="utf-8")
    command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(config)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, env=_environment(), start_new_session=True
    )


def stop_parts(supervisor: subprocess.Popen[bytes]) -> None:
    """Stop every part, then the supervisor; returns when the last one is gone."""
    if supervisor.poll() is None:
        supervisor.send_signal(signal.SIGTERM)
    supervisor.wait()


def wait_until_ready(settings: Settings, supervisor: subprocess.Popen[bytes]) -> None:
    """Return when every part answers. Raises :class:`PartFailed` naming what is missing."""
    missing, deadline = "gateway", time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and supervisor.poll() is None:
        missing = _find_missing(settings)
        if not missing:
            return
        time.sleep(0.25)
    raise PartFailed(missing, settings.home / "logs")


def _find_missing(settings: Settings) -> str:
    try:
        health = httpx.get(f"http://127.0.0.1:{settings.port}/health", trust_env=False, timeout=5)
        return ", ".join(part for part, state in health.json().items() if state == "missing")
    except (httpx.HTTPError, ValueError):
        return "gateway"


def _render(home: Path, parts: Iterable[Part]) -> str:
    head = _HEAD.format(root=_escape(ROOT), home=_escape(home))
    programs = (
        _PROGRAM.format(
            name=part.name,
            command=" ".join(f'"{_escape(word)}"' for word in part.command),
            home=_escape(home),
        )
        for part in parts
    )
    return head + "".join(programs)


def _escape(value: object) -> str:
    """A percent sign starts a substitution in the supervisor's file."""
    return str(value).replace("%", "%%")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}
