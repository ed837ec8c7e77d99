"""Secrets that the parts share with each other, made once and kept for their owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def open_secret(home: Path, name: str) -> str:
    """The secret ``name`` of ``home``, made on first use."""
    path = home / "keys" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(made := secrets.token_hex(16))
    return made
