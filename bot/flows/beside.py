"""``python -m bot.flows.beside PARENT COMMAND ...``: become a command that works beside the house.

It is last in the line for a core, and never outlives ``PARENT``, the process that started it,
however that one ends.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

#: Linux, ``prctl(2)``: the signal that comes when the parent ends.
_PR_SET_PDEATHSIG = 1
_LAST = 19


def place_beside(command: Sequence[str]) -> tuple[str, ...]:
    """``command`` as this process starts it. ``PYTHONPATH`` has to name the code."""
    return (sys.executable, "-m", __name__, str(os.getpid()), *command)


def run(parent: int, command: list[str]) -> None:
    """Become ``command``. Never returns."""
    os.nice(_LAST)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the line above
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 a fixed command of ours


if __name__ == "__main__":
    run(int(sys.argv[1]), sys.argv[2:])
