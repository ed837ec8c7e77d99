"""A search through every file of the house for what must be in none."""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

from bot.store.embedded import Cluster


def find_files(home: Path, cluster: Cluster) -> Iterator[Path]:
    """Everything under the house's folder, the database's files as they are now, and its log."""
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    for folder in (home, cluster.data):
        yield from (path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    yield cluster.log


def spell(*words: str) -> list[bytes]:
    """Each word as it may stand in a file."""
    return [one.encode(code) for one in words for code in ("utf-8", "utf-16-le", "utf-16-be")]


def find_needle(path: Path, needles: Sequence[bytes]) -> bytes | None:
    """The first needle that the file holds."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return next((needle for needle in needles if content.find(needle) >= 0), None)
