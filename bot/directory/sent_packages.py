"""Where packages lie that staff sent and nobody has taken in yet: files below the home."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = "directory-packages"
KEPT_FOR = timedelta(days=1)


def forget_old_packages(home: Path, now: datetime) -> None:
    """Keep nothing of what nobody took in within a day, nor of what was being read when a process
    died.
    """
    for folder in (home / FOLDER).glob("*"):
        try:
            is_old = folder.stat().st_mtime < (now - KEPT_FOR).timestamp()
        except FileNotFoundError:  # somebody has just taken it in
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)
