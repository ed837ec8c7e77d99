"""From what a browser sent to a form that was filled in. Pure; nothing is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count, takewhile
from typing import TypeVar

from bot.directory.needs import NEEDS
from console.directory.hour_words import EVERY_DAY
from console.directory.typed import PlaceHours, Typed, TypedHours, TypedPlace

Form = Mapping[str, str]
Row = TypeVar("Row")

#: No row of places or of hours is added beyond these. All that are there come back.
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
        hours=_parse_hours(untrusted, "hours"),
        gone_hours=_parse_gone(untrusted, "gone-"),
        place_hours=tuple(_parse_place_hours(untrusted)),
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


def _parse_place_hours(untrusted: Form) -> Iterator[PlaceHours]:
    """A block for each place that had one and stays."""
    for number in _find_rows(untrusted, "place"):
        prefix = f"place-{number}-"
        if f"{prefix}hours-0-there" in untrusted:
            yield PlaceHours(
                location_id=_line(untrusted, f"{prefix}location_id"),
                always=f"{prefix}always" in untrusted,
                hours=_parse_hours(untrusted, f"{prefix}hours"),
                gone=_parse_gone(untrusted, f"{prefix}gone-"),
            )


def _parse_hours(untrusted: Form, kind: str) -> tuple[TypedHours, ...]:
    rows = tuple(
        TypedHours(
            days=frozenset(day for day in EVERY_DAY if f"{kind}-{number}-day-{day}" in untrusted),
            opens=_line(untrusted, f"{kind}-{number}-opens"),
            closes=_line(untrusted, f"{kind}-{number}-closes"),
        )
        for number in _find_rows(untrusted, kind)
    )
    return _change_rows(untrusted, kind, rows, TypedHours())


def _parse_gone(untrusted: Form, begins: str) -> frozenset[str]:
    """Ids of the hours that are ticked to go."""
    return frozenset(name.removeprefix(begins) for name in untrusted if name.startswith(begins))


def _find_rows(untrusted: Form, kind: str) -> Iterator[int]:
    """The numbers of the rows that were sent, but those that are to go."""
    for number in takewhile(lambda one: f"{kind}-{one}-there" in untrusted, count()):
        if untrusted.get("drop") != f"{kind}-{number}":
            yield number


def _change_rows(untrusted: Form, kind: str, rows: tuple[Row, ...], empty: Row) -> tuple[Row, ...]:
    if untrusted.get("add") == kind and len(rows) < MOST_ROWS:
        return (*rows, empty)
    return rows or (empty,)


def _line(untrusted: Form, name: str) -> str:
    return " ".join(_CONTROL.sub(" ", untrusted.get(name, "")).split())
