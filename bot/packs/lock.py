"""One at a time in a folder, whoever else works in it: another thread, or another process."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait for a turn in ``folder``, which has to exist. Raises ``OSError``.

    The folder itself is locked, so that no file for it lies about; a process that dies lets go.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
