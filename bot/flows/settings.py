"""The site's settings that can be changed without code, and where each stands in ``site.toml``.

Facts are such as a hotline's number; words are those that the safety rules hear beside their own;
a setting is a number or a list; hours belong to a team, each row as one line for people to read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.care.kinds import DANGER_NAMES
from bot.flows.edition import Edition
from bot.flows.sheet import NoSuchPlace
from bot.site_offer import Offer
from bot.site_overlay import Steps
from bot.wire.meaning import Thresholds

#: The table of what moves when the bot asks, and when it sees danger.
UNDERSTANDING = "understanding"
#: Every setting by its table and key, with what holds where nothing is written.
SETTINGS: Mapping[tuple[str, str], Any] = {
    **{(UNDERSTANDING, name): value for name, value in asdict(Thresholds()).items()},
    ("desk", "silent_after_minutes"): 10,
    ("desk", "told_after_minutes"): 10,
    ("retention", "after_silence_hours"): 72,
    ("offer", "after_misunderstood"): Offer.after_misunderstood,
    ("offer", "for_needs"): [],
}
#: Words by their name in a place.
WORDS: Mapping[str, Steps] = {
    "exit": ("exit_words",),
    **{f"danger_{name}": ("danger", name) for name in DANGER_NAMES.values()},
}

_ROW = re.compile(r"((?:[a-z]{2} )+)(\d\d:\d\d) to (\d\d:\d\d)")


def find_facts(edition: Edition) -> list[str]:
    """The names of the facts that the site has. Raises ``NoSuchPlace`` or ``BadContent``."""
    return [str(name) for name in edition.settings.read(("facts",), {})]


def find_teams(edition: Edition) -> list[str]:
    """The names of the teams that the site has. Raises as :func:`find_facts`."""
    return [str(team["name"]) for team in edition.settings.read(("teams",), [])]


def read_fact(edition: Edition, name: str) -> Any:
    """A fact; ``None`` for one that the site does not have."""
    return _read(edition, ("facts", name), None)


def write_fact(edition: Edition, value: Any, name: str) -> None:
    """Facts are changed, never added or taken away: the sentences count on them."""
    if read_fact(edition, name) is None:
        raise NoSuchPlace(name)
    _write(edition, ("facts", name), value)


def read_words(edition: Edition, name: str) -> Any:
    """The site's own words of a kind."""
    return _read(edition, WORDS[name], []) if name in WORDS else None


def write_words(edition: Edition, value: Any, name: str) -> None:
    """All of them."""
    if name not in WORDS:
        raise NoSuchPlace(name)
    _write(edition, WORDS[name], value)


def read_setting(edition: Edition, table: str, key: str) -> Any:
    """A number, or a list."""
    known = (table, key) in SETTINGS
    return _read(edition, (table, key), SETTINGS[table, key]) if known else None


def write_setting(edition: Edition, value: Any, table: str, key: str) -> None:
    """Raises :class:`NoSuchPlace` for what is no setting."""
    if (table, key) not in SETTINGS:
        raise NoSuchPlace(key)
    _write(edition, (table, key), value)


def read_hours(edition: Edition, team: str) -> Any:
    """Each row of a team's hours, as a line for people to read."""
    steps = _find_team(edition, team)
    return None if steps is None else [render_row(one) for one in _read(edition, steps, [])]


def write_hours(edition: Edition, value: Any, team: str) -> None:
    """All rows. Raises :class:`NoSuchPlace` for a team that there is not."""
    steps = _find_team(edition, team)
    if steps is None or value is None:
        raise NoSuchPlace(team)
    _write(edition, steps, [parse_row(row) for row in value])


def render_row(row: Mapping[str, Any]) -> dict[str, str]:
    """A row as a place holds it, such as ``{"hours": "mo tu 09:00 to 17:00"}``."""
    return {"hours": f"{' '.join(row['days'])} {row['opens']} to {row['closes']}"}


def parse_row(row: Mapping[str, str]) -> dict[str, Any]:
    """The row that stands in the file. Raises :class:`NoSuchPlace` for what is none."""
    said = _ROW.fullmatch(row["hours"])
    if said is None:
        raise NoSuchPlace(row["hours"])
    return {"days": said[1].split(), "opens": said[2], "closes": said[3]}


def _find_team(edition: Edition, name: str) -> Steps | None:
    teams = _read(edition, ("teams",), [])
    found = (at for at, team in enumerate(teams) if team["name"] == name)
    position = next(found, None)
    return None if position is None else ("teams", position, "hours")


def _read(edition: Edition, steps: Steps, default: Any) -> Any:
    try:
        return edition.settings.read(steps, default)
    except NoSuchPlace:
        return None


def _write(edition: Edition, steps: Steps, value: Any) -> None:
    """``None`` takes nothing away here: a setting always says something."""
    if value is None:
        raise NoSuchPlace(steps)
    edition.settings = edition.settings.set(steps, value)
