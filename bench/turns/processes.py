"""Child processes: started, found, weighed, and stopped with everything below them."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.settings import ROOT

PROC = Path("/proc")
#: Seconds that a process gets to stop when it is asked to.
GRACE = 45


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process for as long as the block lasts; nothing below it stays behind."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for us alone; we stop our children in order
        )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask, wait, and kill whatever is left."""
    family = find_family(process.pid)
    process.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(GRACE)
    process.kill()
    process.wait()
    for pid, born in family.items():
        if born and _born(pid) == born:
            os.kill(pid, signal.SIGKILL)


def find_family(pid: int) -> dict[int, str]:
    """A process and all that descend from it, each with its time of birth."""
    family, parents = {pid: _born(pid)}, _parents()
    while more := {child for child, parent in parents.items() if parent in family} - set(family):
        family |= {child: _born(child) for child in more}
    return family


def read_command(pid: int) -> str:
    """The command line of a process; empty when it is gone."""
    with suppress(OSError):
        return (PROC / str(pid) / "cmdline").read_text(encoding="utf-8").replace("\0", " ").strip()
    return ""


def weigh(pids: Sequence[int]) -> float:
    """Megabytes of real memory; what several processes share is divided among them (PSS)."""
    return sum(_kilobytes(pid) for pid in pids) / 1024


def _kilobytes(pid: int) -> int:
    with suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _parents() -> dict[int, int]:
    found = ((int(entry.name), _stat(int(entry.name))) for entry in PROC.glob("[0-9]*"))
    return {pid: int(stat[1]) for pid, stat in found if stat}


def _born(pid: int) -> str:
    stat = _stat(pid)
    return stat[19] if stat else ""


def _stat(pid: int) -> list[str]:
    """The fields of ``stat`` from the third one, the state, on; none when the process is gone."""
    with suppress(OSError):
        return (PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return []
