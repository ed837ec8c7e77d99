"""What works beside the house never outlives it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bot.settings import ROOT
from tests.house import wait_for

#: Starts a process beside itself, says its number, and waits for its end.
PARENT = """
import subprocess
from bot.flows.beside import place_beside
child = subprocess.Popen(place_beside(["/bin/sleep", "120"]), start_new_session=True)
print(child.pid, flush=True)
child.wait()
"""


def test_it_ends_with_its_parent_even_one_that_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    wait_for(lambda: "sleep" in _read(child, "cmdline").split("\0")[0], "the command")
    assert _nice(child) == 19
    parent.kill()
    parent.wait()
    wait_for(lambda: _is_gone(child), "its end", 10)


def test_it_does_not_begin_without_its_parent() -> None:
    command = [sys.executable, "-m", "bot.flows.beside", "1", "/bin/sleep", "120"]
    done = subprocess.run(command, cwd=ROOT, timeout=30, check=False)
    assert done.returncode == 1


def _is_gone(process: int) -> bool:
    """A process that nobody has asked for its end still has a line, without a command."""
    return not _read(process, "cmdline").strip("\0")


def _nice(process: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, process)


def _read(process: int, name: str) -> str:
    try:
        return (Path("/proc") / str(process) / name).read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
