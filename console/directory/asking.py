"""From what a browser sent to a form that was filled in. Pure; nothing is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from bot.directory.needs import NEEDS
from console.directory.hour_words import EVERY_DAY
from console.directory.typed import Typed, TypedHours, TypedPlace

Form = Mapping[str, str]
Row = TypeVar("Row")

#: Rows of places and of hours that a form may have.
MOST_ROWS = 40
#: Characters of one field; what is longer is refused, not cut.
LONGEST = 5_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TEXTS = (
    "name", "organization", "organization_as", "description", "phone", "extension", "text_line",
    "url", "languages", "cost", "eligibility", "status",
)  # fmt: skip
_PLACE_TEXTS = ("location_id", "name", "address_1", "address_2", "city", "state", "postal_code")


def parse_typed(untrusted: Form) -> Typed:
    """The form, with one more row of places or hours, or one less, where that was asked for."""
    lines = {name: "\n".join(find_lines(untrusted.get(name, ""))) for name in ("areas", "bring")}
    return Typed(
        **{name: _line(untrusted, name) for name in _TEXTS},
        **lines,
        needs=frozenset(need for need in NEEDS if f"need-{need}" in untrusted),
        places=_change_rows(untrusted, "place", tuple(_parse_places(untrusted)), TypedPlace()),
        nationwide="nationwide" in untrusted,
        always="always" in untrusted,
        hours=_change_rows(untrusted, "hours", tuple(_parse_hours(untrusted)), TypedHours()),
        gone_hours=frozenset(
            name.removeprefix("gone-") for name in untrusted if name.startswith("gone-")
        ),
        free="free" in untrusted,
    )


def wants_rows(untrusted: Form) -> bool:
    """Whether only a row is to be added or taken away, and nothing to be saved."""
    return "add" in untrusted or "drop" in untrusted


def find_lines(untrusted: str) -> list[str]:
    """One entry a line, none twice."""
    lines = (" ".join(_CONTROL.sub(" ", one).split()) for one in untrusted.splitlines())
    return list(dict.fromkeys(filter(None, lines)))


def find_names(typed: str) -> list[str]:
    """What stands between commas, none twice."""
    return list(dict.fromkeys(filter(None, (one.strip() for one in typed.split(",")))))


def _parse_places(untrusted: Form) -> Iterator[TypedPlace]:
    for number in _find_rows(untrusted, "place"):
        prefix = f"place-{number}-"
        yield TypedPlace(
            **{name: _line(untrusted, f"{prefix}{name}") for name in _PLACE_TEXTS},
            confidential=f"{prefix}confidential" in untrusted,
            opened=f"{prefix}opened" in untrusted,
        )


def _parse_hours(untrusted: Form) -> Iterator[TypedHours]:
    for number in _find_rows(untrusted, "hours"):
        prefix = f"hours-{number}-"
        yield TypedHours(
            days=frozenset(day for day in EVERY_DAY if f"{prefix}day-{day}" in untrusted),
            opens=_line(untrusted, f"{prefix}opens"),
            closes=_line(untrusted, f"{prefix}closes"),
        )


def _find_rows(untrusted: Form, kind: str) -> Iterator[int]:
    """The numbers of the rows that were sent, but those that are to go."""
    for number in range(MOST_ROWS):
        there = f"{kind}-{number}-there" in untrusted
        if there and untrusted.get("drop") != f"{kind}-{number}":
            yield number


def _change_rows(untrusted: Form, kind: str, rows: tuple[Row, ...], empty: Row) -> tuple[Row, ...]:
    if untrusted.get("add") == kind and len(rows) < MOST_ROWS:
        return (*rows, empty)
    return rows or (empty,)


def _line(untrusted: Form, name: str) -> str:
    return " ".join(_CONTROL.sub(" ", untrusted.get(name, "")).split())
