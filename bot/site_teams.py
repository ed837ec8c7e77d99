"""What a site decides about its people: the tables ``[[teams]]`` and ``[desk]``."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from bot.care.contact_hours import Window
from bot.care.waiting import Team
from bot.errors import SiteError

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
#: Minutes. Less would take conversations from people who type; more would leave someone alone.
SHORTEST, LONGEST = 2, 120

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_MIDNIGHT = "24:00"


@dataclass(frozen=True)
class Desk:
    """How long things may take.

    ``silent_after``: a person's words unanswered for so long put them back into the line.
    ``told_after``: whoever waits for so long is told once where they stand.
    """

    silent_after: timedelta = timedelta(minutes=10)
    told_after: timedelta = timedelta(minutes=10)


def parse_teams(path: Path, content: Mapping[str, Any]) -> tuple[Team, ...]:
    """The teams that ``site.toml`` names. Raises :class:`SiteError` with what is wrong."""
    written = content.get("teams", [])
    if not isinstance(written, list) or not all(isinstance(one, Mapping) for one in written):
        raise SiteError(path, "needs teams as [[teams]]")
    teams = tuple(_parse_team(path, one, content["languages"]) for one in written)
    if len({team.name for team in teams}) < len(teams):
        raise SiteError(path, "has two teams of one name in [[teams]]")
    return teams


def parse_desk(path: Path, content: Mapping[str, Any]) -> Desk:
    """The table ``[desk]``. Raises :class:`SiteError` with what is wrong."""
    untrusted = content.get("desk", {})
    known = {"silent_after_minutes", "told_after_minutes"}
    if not isinstance(untrusted, Mapping) or not untrusted.keys() <= known:
        raise SiteError(path, f"may hold in [desk] only {', '.join(sorted(known))}")
    minutes = {name: _parse_minutes(path, name, value) for name, value in untrusted.items()}
    return Desk(**{name.removesuffix("_minutes"): value for name, value in minutes.items()})


def _parse_team(path: Path, untrusted: Mapping[str, Any], spoken: Collection[str]) -> Team:
    name = untrusted.get("name")
    if not isinstance(name, str) or not name.strip():
        raise SiteError(path, "needs a name for each of [[teams]]")
    where = f"the team '{name}'"
    if not untrusted.keys() <= {"name", "languages", "hours"}:
        raise SiteError(path, f"may hold for {where} only name, languages and hours")
    languages = untrusted.get("languages", [])
    if not _are_words(languages) or not set(languages) <= set(spoken):
        raise SiteError(path, f"needs for {where} languages out of the site's own")
    hours = untrusted.get("hours", [])
    if not _is_list(hours):
        raise SiteError(path, f"needs for {where} hours")
    return Team(name, tuple(languages), tuple(_parse_window(path, where, one) for one in hours))


def _parse_window(path: Path, where: str, untrusted: Any) -> Window:
    if not isinstance(untrusted, Mapping) or untrusted.keys() != {"days", "opens", "closes"}:
        raise SiteError(path, f"needs in the hours of {where} days, opens and closes")
    days = untrusted["days"]
    if not _are_words(days) or not set(days) <= set(DAYS):
        raise SiteError(path, f"needs in the hours of {where} days out of {', '.join(DAYS)}")
    opens = _parse_clock(untrusted["opens"])
    closes = time() if untrusted["closes"] == _MIDNIGHT else _parse_clock(untrusted["closes"])
    if opens is None or closes is None:
        raise SiteError(path, f"needs in the hours of {where} times such as 09:00")
    if untrusted["closes"] == _MIDNIGHT and opens == time():
        closes = time.max  # a window of equal ends would be empty
    if opens == closes:
        raise SiteError(path, f"has hours of {where} that open and close at once")
    return Window(frozenset(DAYS.index(day) for day in days), opens, closes)


def _parse_clock(untrusted: Any) -> time | None:
    said = _CLOCK.fullmatch(untrusted) if isinstance(untrusted, str) else None
    return time(int(said[1]), int(said[2])) if said else None


def _parse_minutes(path: Path, name: str, untrusted: Any) -> timedelta:
    whole = isinstance(untrusted, int) and not isinstance(untrusted, bool)
    if not whole or not SHORTEST <= untrusted <= LONGEST:
        raise SiteError(path, f"needs in [desk] {name} of {SHORTEST} to {LONGEST}")
    return timedelta(minutes=untrusted)


def _are_words(untrusted: Any) -> bool:
    """At least one word, and nothing but words."""
    return _is_list(untrusted) and all(isinstance(one, str) for one in untrusted)


def _is_list(untrusted: Any) -> bool:
    return isinstance(untrusted, list) and bool(untrusted)
