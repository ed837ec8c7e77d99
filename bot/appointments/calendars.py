"""The calendars of a site: ``calendars.toml``, which says whose slots lie where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from bot.errors import SiteError
from bot.site import Site
from bot.store.slots import GENDERS

#: Where the events come from: a feed, a calendar that can be written to, a file of the site.
ICAL, CALDAV, FILE = "ical", "caldav", "file"
#: Which events are openings: those that are marked as free, or all of them.
MARKED, FREE = "marked", "free"
SHORTEST, LONGEST = 5, 24 * 60

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_KINDS = {ICAL: {"url", "url_env"}, CALDAV: {"url", "url_env"}, FILE: {"file"}}
_FLAGS = frozenset({"remote", "child_care", "interpreter", "transport"})
_KNOWN = _FLAGS | {
    "name", "service", "kind", "file", "url", "url_env", "user_env", "password_env", "events",
    "slot_minutes", "timezone", "languages", "provider_gender",
}  # fmt: skip


@dataclass(frozen=True)
class Calendar:
    """One calendar. ``timezone`` is that of times that name none.

    What is the same for all of its slots is said here, for no feed has words for it. The names
    that end in ``_env`` are of settings, for a feed's address is as good as a password.
    """

    name: str
    service_id: str
    kind: str
    timezone: ZoneInfo
    file: Path | None = None
    url: str | None = None
    url_env: str | None = None
    user_env: str | None = None
    password_env: str | None = None
    events: str = MARKED
    slot_minutes: int | None = None
    remote: bool = False
    languages: tuple[str, ...] = ()
    provider_gender: str | None = None
    child_care: bool = False
    interpreter: bool = False
    transport: bool = False


def load_calendars(site: Site) -> tuple[Calendar, ...]:
    """The calendars of a site, which may have none. Raises :class:`SiteError`."""
    file = site.path / "calendars.toml"
    if not file.exists():
        return ()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SiteError(file, "is not valid TOML") from error
    return parse_calendars(file, content, site.timezone)


def parse_calendars(
    file: Path, content: Mapping[str, Any], timezone: ZoneInfo
) -> tuple[Calendar, ...]:
    """The calendars that a file describes. Raises :class:`SiteError` with what is wrong."""
    rows = content.get("calendars", [])
    if content.keys() - {"calendars"} or not isinstance(rows, list):
        raise SiteError(file, "may hold [[calendars]] and nothing else")
    calendars = tuple(_Row(file, row).parse(timezone) for row in rows)
    if len({calendar.name for calendar in calendars}) < len(calendars):
        raise SiteError(file, "has two calendars of one name")
    return calendars


class _Row:
    """One table of the file, read with complaints that name it."""

    def __init__(self, file: Path, untrusted: Any) -> None:
        self.file = file
        self.values: Mapping[str, Any] = untrusted if isinstance(untrusted, Mapping) else {}
        name = self.values.get("name")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise SiteError(file, "needs for each calendar a name of small letters, digits and -")
        self.name = name

    def parse(self, timezone: ZoneInfo) -> Calendar:
        """The calendar."""
        if unknown := self.values.keys() - _KNOWN:
            self.refuse(f"may not hold {', '.join(sorted(unknown))}")
        kind = self.choice("kind", _KINDS)
        if len(_KINDS[kind] & self.values.keys()) != 1:
            self.refuse(f"needs one of {', '.join(sorted(_KINDS[kind]))}")
        texts = ("url", "url_env", "user_env", "password_env")
        return Calendar(
            name=self.name,
            service_id=self.text("service") or self.refuse("needs a service"),
            kind=kind,
            timezone=self.timezone(timezone),
            file=self.path(),
            events=self.choice("events", (MARKED, FREE), MARKED),
            slot_minutes=self.minutes(),
            languages=self.languages(),
            provider_gender=self.gender(),
            **{text: self.text(text) for text in texts},  # type: ignore[arg-type]
            **{flag: self.flag(flag) for flag in _FLAGS},  # type: ignore[arg-type]
        )

    def refuse(self, reason: str) -> NoReturn:
        """Stop, and say where."""
        raise SiteError(self.file, f"is wrong: the calendar '{self.name}' {reason}")

    def text(self, name: str) -> str | None:
        """A word; ``None`` when it is left out."""
        value = self.values.get(name)
        if value is not None and not (isinstance(value, str) and value):
            self.refuse(f"needs text as {name}")
        return value

    def choice(self, name: str, allowed: Collection[str], default: str = "") -> str:
        """One of some words; without a default it cannot be left out."""
        value = self.values.get(name, default)
        if not isinstance(value, str) or value not in allowed:
            self.refuse(f"needs as {name} one of {', '.join(sorted(allowed))}")
        return value

    def gender(self) -> str | None:
        """The gender of whoever people meet, where it is always the same."""
        name = "provider_gender"
        return self.choice(name, GENDERS) if name in self.values else None

    def flag(self, name: str) -> bool:
        """Yes or no; no when it is left out."""
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            self.refuse(f"needs true or false as {name}")
        return value

    def minutes(self) -> int | None:
        """How long a slot is; ``None`` when that is as long as the event."""
        value = self.values.get("slot_minutes")
        number = isinstance(value, int) and not isinstance(value, bool)
        if value is not None and not (number and SHORTEST <= value <= LONGEST):
            self.refuse(f"needs slot_minutes between {SHORTEST} and {LONGEST}")
        return value

    def languages(self) -> tuple[str, ...]:
        """Codes of languages."""
        value = self.values.get("languages", [])
        codes = value if isinstance(value, list) else [None]
        if not all(isinstance(code, str) and _LANGUAGE.fullmatch(code) for code in codes):
            self.refuse('needs as languages a list of codes such as "es"')
        return tuple(codes)

    def timezone(self, default: ZoneInfo) -> ZoneInfo:
        """The zone of times that name none."""
        name = self.text("timezone")
        try:
            return ZoneInfo(name) if name else default
        except (KeyError, ValueError, OSError):
            self.refuse("names a timezone that does not exist")

    def path(self) -> Path | None:
        """A file of the site's own."""
        name = self.text("file")
        if name is None:
            return None
        folder = self.file.parent.resolve()
        file = (folder / name).resolve()
        if not file.is_relative_to(folder) or not file.is_file():
            self.refuse("names a file that is not in the site pack")
        return file
