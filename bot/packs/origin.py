"""Where an imported folder came from: ``origin.toml``, written by the house that imports."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import tomlkit

FILE = "origin.toml"
_ABOUT = "Written when this pack was taken in. It goes into no pack of your own."


@dataclass(frozen=True)
class Origin:
    """``site``: the name of the site that packed it; ``made``: when, in UTC."""

    site: str
    made: datetime
    fingerprint: str


def render_origin(origin: Origin) -> bytes:
    """The file."""
    written = tomlkit.document()
    written.add(tomlkit.comment(_ABOUT))
    for name, value in vars(origin).items():
        written[name] = value
    return tomlkit.dumps(written).encode("utf-8")


def read_origin(folder: Path) -> Origin | None:
    """Where ``folder`` came from; ``None`` when it does not say so in a way we understand."""
    try:
        written = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        made = written["made"].astimezone(UTC)
        return Origin(str(written["site"]), made, str(written["fingerprint"]))
    except (OSError, ValueError, KeyError, AttributeError):
        return None
