"""A home of one side's own: ports that nobody uses, a folder and an embedded database."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.flows.train import find_model
from bot.settings import ROOT
from bot.store import embedded

SITE = ROOT / "sites" / "demo"


class NotReady(Exception):
    """Something did not come up in time."""


@contextmanager
def own_home() -> Iterator[Path]:
    """A folder for one side. Whatever database was started for it is stopped and removed."""
    home = Path(tempfile.mkdtemp(prefix="waymark-bench-")).resolve()
    cluster = embedded.find_cluster(home)
    try:
        yield home
    finally:
        embedded.stop(cluster)
        for folder in (cluster.data.parent, cluster.socket, home):
            shutil.rmtree(folder, ignore_errors=True)


def find_archive() -> Path:
    """The trained model that both sides load."""
    model = find_model(ROOT, ROOT / "var")
    if model is None:
        raise SystemExit("There is no trained model yet: run ./scripts/train first.")
    return model


def plain_environment() -> dict[str, str]:
    """Our environment without any setting of a Waymark that may run here already."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("WAYMARK", "TWILIO", "TELEGRAM"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), "WAYMARK_SITE": str(SITE)}


def free_ports(*names: str) -> dict[str, str]:
    """A TCP port for each name; all are held until the last is found, so no two are the same."""
    probes = [socket.socket() for _ in names]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        found = [str(probe.getsockname()[1]) for probe in probes]
        return dict(zip(names, found, strict=True))
    finally:
        for probe in probes:
            probe.close()


def wait_until(is_ready: Callable[[], bool], what: str, seconds: float = 180) -> float:
    """Seconds until it was ready. Raises :class:`NotReady` when it never was."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if is_ready():
            return time.monotonic() - begun
        time.sleep(0.1)
    raise NotReady(f"waited {seconds:g} s in vain for {what}")
