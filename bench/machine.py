"""What the figures were measured on: without it a figure says nothing."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path


def describe_machine() -> dict[str, str]:
    """The machine, the day and how busy it was when the measuring began."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{_memory_gb():.0f} GB",
        "system": platform.system(),
        "python": platform.python_version(),
        "load before": read_load(),
    }


def read_load() -> str:
    """The mean number of busy processes in the last minute; others' work disturbs figures."""
    return f"{os.getloadavg()[0]:.2f}"


def _processor() -> str:
    lines = _lines("/proc/cpuinfo")
    return next((value for name, value in lines if name == "model name"), platform.machine())


def _memory_gb() -> float:
    kilobytes = next((value for name, value in _lines("/proc/meminfo") if name == "MemTotal"), "0")
    return int(kilobytes.split()[0]) / 1024**2


def _lines(path: str) -> list[tuple[str, str]]:
    """``name: value`` lines of a file that only Linux has."""
    file = Path(path)
    if not file.exists():
        return []
    split = (line.partition(":") for line in file.read_text(encoding="utf-8").splitlines())
    return [(name.strip(), value.strip()) for name, _, value in split]
