"""Rows of tables: what every layout of a package is read into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one table, and where it stood, for the report."""

    file: str
    number: int
    values: Mapping[str, str] = field(repr=False)

    def get(self, name: str) -> str:
        """The value of a column without spaces around it; empty when there is none."""
        return self.values.get(name, "").strip()


Tables = dict[str, list[Row]]


def storable(text: str) -> str:
    """``text`` without what no database holds: zero bytes and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
