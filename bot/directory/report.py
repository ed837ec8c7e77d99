"""What came of reading a package: rows read, rows refused and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

#: More refusals than this are counted, not listed.
MOST_LISTED = 50


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken. ``row`` counts from 1, the header line included."""

    file: str
    row: int
    reason: str


@dataclass
class Report:
    """Grows while a package is read."""

    read: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
    leaks: list[Refusal] = field(default_factory=list)
    services: int = 0
    confidential: int = 0

    @property
    def ok(self) -> bool:
        """Whether the package may be used: it has services and gives no secret away."""
        return bool(self.services) and not self.leaks

    def to_json(self) -> dict[str, Any]:
        """The report for a program."""
        return {
            "ok": self.ok,
            "services": self.services,
            "confidential": self.confidential,
            "rows_read": dict(self.read),
            "rows_refused": [vars(refusal) for refusal in self.refused],
            "leaks": [vars(leak) for leak in self.leaks],
        }


def render_report(report: Report) -> str:
    """The report for a person."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    for file, count in sorted(report.read.items()):
        yield f"{count:6} rows read from {file}"
    yield f"{len(report.refused):6} rows refused"
    for refusal in report.refused[:MOST_LISTED]:
        yield f"       {refusal.file}, row {refusal.row}: {refusal.reason}"
    if len(report.refused) > MOST_LISTED:
        yield f"       ... and {len(report.refused) - MOST_LISTED} more"
    for leak in report.leaks:
        yield f"  LEAK {leak.file}, row {leak.row}: {leak.reason}"
    if report.leaks:
        yield "The package would give away a confidential place. Nothing was taken from it."
    elif not report.services:
        yield "There is no usable service in this package. Nothing was changed."
    else:
        yield f"{report.services:6} services, {report.confidential} of them at confidential places"
