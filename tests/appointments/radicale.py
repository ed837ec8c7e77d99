"""A real CalDAV server, as a process of its own, with one account and one calendar."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.house import free_port, wait_for

USER, PASSWORD = "clinic", "a-password-of-the-clinic"

_CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/collections
[logging]
level = warning
"""
_MAKE = """<?xml version="1.0"?>
<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
<d:set><d:prop><d:displayname>Openings</d:displayname></d:prop></d:set></c:mkcalendar>"""


@dataclass(frozen=True)
class CalendarServer:
    """What a provider sees and does in their own calendar."""

    url: str

    def call(self, method: str, name: str = "", content: str | None = None) -> httpx.Response:
        """One call of the provider's own program."""
        return httpx.request(
            method,
            self.url + name,
            content=content,
            auth=(USER, PASSWORD),
            headers={"Content-Type": "text/calendar"},
            trust_env=False,
        )

    def enter(self, name: str, feed: str) -> None:
        """Enter an event by hand."""
        self.call("PUT", f"{name}.ics", feed).raise_for_status()

    def read(self, name: object) -> str | None:
        """One event as it lies there."""
        answer = self.call("GET", f"{name}.ics")
        return None if answer.status_code == 404 else answer.raise_for_status().text


@contextmanager
def open_radicale(folder: Path) -> Iterator[CalendarServer]:
    """A server that keeps its calendars in ``folder``."""
    port = free_port()
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    (folder / "config").write_text(_CONFIG.format(port=port, folder=folder))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(folder / "config")],
            stdout=log,
            stderr=log,
        )
    server = CalendarServer(f"http://127.0.0.1:{port}/{USER}/openings/")
    try:
        wait_for(lambda: _answers(server), "Radicale")
        server.call("MKCALENDAR", content=_MAKE).raise_for_status()
        yield server
    finally:
        process.terminate()
        process.wait()


def _answers(server: CalendarServer) -> bool:
    try:
        return server.call("OPTIONS").is_success
    except httpx.HTTPError:
        return False
