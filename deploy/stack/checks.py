"""What must hold before anything is started."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterable
from pathlib import Path

from deploy.stack.errors import HomeUnusable, NoSpace, PortInUse
from deploy.stack.parts import Part

NEEDED_MB = 500


def check_ports(parts: Iterable[Part]) -> None:
    """Raises :class:`PortInUse` for the first port that somebody else listens on."""
    for part in parts:
        for variable, port in part.ports.items():
            if _is_taken(port):
                raise PortInUse(variable, port)


def make_home(home: Path) -> None:
    """The folder for keys, database, models and logs. Raises what keeps it from being used."""
    try:
        for folder in (home, home / "logs", home / "run", home / "keys"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (home / "run" / "writable").touch()
    except OSError as error:
        raise HomeUnusable(home) from error
    free = shutil.disk_usage(home).free // 1_000_000
    if free < NEEDED_MB:
        raise NoSpace(home, free, NEEDED_MB)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False
