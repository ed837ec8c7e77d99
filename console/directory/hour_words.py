"""Opening hours in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from bot.directory.nesting import Document
from bot.directory.schedule import DAYS, parse_opening
from bot.directory.when import render_clock
from console.directory.typed import TypedHours

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVERY_DAY = frozenset(range(len(DAYS)))
_MIDNIGHTS = frozenset({"00:00", "23:59"})
_NTH = re.compile(r"([+-]?\d{1,2})([A-Z]{2})")
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


def tell_schedule(schedule: Document) -> str:
    """One schedule in words."""
    said = {name: str(value).strip() for name, value in schedule.items()}
    times = _tell_times(said)
    bounds = [
        f"{word} {said[name][:10]}"
        for name, word in (("valid_from", "from"), ("valid_to", "until"), ("until", "until"))
        if said.get(name)
    ]
    parts = [_tell_days(said), times, *bounds, said.get("description", ""), said.get("notes", "")]
    return ", ".join(filter(None, parts))


def tell_row(row: TypedHours) -> str:
    """One row in words."""
    if is_whole_day(row):
        return f"{_list_days(row.days)}, day and night"
    return f"{_list_days(row.days)}, {_tell_span(row.opens, row.closes)}"


def open_weekly(schedule: Mapping[str, Any]) -> dict[str, Any]:
    """The weekly opening of a schedule; empty when it is none."""
    try:
        return parse_opening({name: str(value) for name, value in schedule.items()}) or {}
    except ValueError:
        return {}


def is_whole_day(row: TypedHours) -> bool:
    """Whether it is open from midnight to midnight."""
    return row.opens == "00:00" and row.closes in _MIDNIGHTS


def _tell_times(said: Mapping[str, str]) -> str:
    opens, closes = said.get("opens_at", ""), said.get("closes_at", "")
    opening = open_weekly({"opens_at": opens, "closes_at": closes})
    return (
        _tell_span(opening["opens"], opening["closes"]) if opening else f"{opens} {closes}".strip()
    )


def _tell_span(opens: str, closes: str) -> str:
    try:
        begin, end = (
            render_clock(datetime.combine(date.min, time.fromisoformat(one)))
            for one in (opens, closes)
        )
    except ValueError:  # half a row, which somebody is about to write
        return f"{opens} to {closes}"
    return f"{begin} to {end}{' the next day' if closes <= opens else ''}"


def _tell_days(said: Mapping[str, str]) -> str:
    freq, byday = said.get("freq", "").upper(), said.get("byday", "").upper()
    days = [part.strip() for part in byday.split(",") if part.strip()]
    plain = frozenset(DAYS.index(day) for day in days if day in DAYS)
    if freq in {"", "DAILY", "WEEKLY"} and len(plain) == len(days):
        every = said.get("interval", "")
        told = _list_days(plain or EVERY_DAY)
        return f"every {every} weeks: {told}" if every not in {"", "1"} else told
    nth = [_tell_nth(day) for day in days]
    if said.get("bymonthday"):
        nth.append(f"day {said['bymonthday']}")
    period = {"MONTHLY": " of a month", "YEARLY": " of a year"}.get(freq, "")
    return f"{' and '.join(nth) or freq.lower()}{period}"


def _tell_nth(day: str) -> str:
    found = _NTH.fullmatch(day)
    if found is None or found[2] not in DAYS:
        return f"each {NAMES[DAYS.index(day)]}" if day in DAYS else day
    number = int(found[1])
    return f"the {_ORDINALS.get(number, f'{number}.')} {NAMES[DAYS.index(found[2])]}"


def _list_days(days: frozenset[int]) -> str:
    """Days in words; three and more in a row as from and to."""
    if days == EVERY_DAY:
        return "Every day"
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_tell_run(run) for run in runs)


def _tell_run(run: list[int]) -> str:
    first, last = NAMES[run[0]], NAMES[run[-1]]
    if len(run) == 1:
        return first
    return f"{first} and {last}" if len(run) == 2 else f"{first} to {last}"
