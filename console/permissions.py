"""Who may do what: roles as data, closed unless listed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("permissions.toml")


@dataclass(frozen=True)
class Permissions:
    """What each role may, as ``permissions.toml`` says."""

    roles: Mapping[str, frozenset[str]]

    def allow(self, role: str, permission: str) -> bool:
        """Whether ``role`` may; an unknown role may nothing."""
        return permission in self.roles.get(role, frozenset())


def load_permissions(path: Path = FILE) -> Permissions:
    """The roles of ``path``. Raises ``OSError``, ``tomllib.TOMLDecodeError`` or ``KeyError``."""
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    return Permissions({role: frozenset(one["may"]) for role, one in written.items()})
