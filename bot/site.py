"""A community's site pack: its name, languages, lines and words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.care.kinds import Kind
from bot.care.waiting import Team
from bot.errors import SiteError
from bot.site_channels import SiteChannels, parse_channels
from bot.site_directory import SiteDirectory, parse_directory
from bot.site_localise import refuse_open_points
from bot.site_offer import Offer, parse_offer
from bot.site_overlay import FILE, lay_over
from bot.site_teams import Desk, parse_desk, parse_teams
from bot.site_web import SiteWeb, parse_web
from bot.site_words import parse_danger_words, parse_exit_words
from bot.wire.meaning import Thresholds

#: Hours. Nobody's talk is kept longer than a month without another word from them.
LONGEST_KEPT = 720


@dataclass(frozen=True)
class Site:
    """What ``site.toml`` says. ``facts`` fill the response templates."""

    path: Path
    demo: bool
    languages: tuple[str, ...]
    timezone: ZoneInfo
    home_state: str | None
    exit_words: tuple[str, ...]
    facts: Mapping[str, str]
    thresholds: Thresholds
    channels: SiteChannels
    web: SiteWeb = field(default_factory=SiteWeb)
    keep_for: timedelta = timedelta(hours=72)
    teams: tuple[Team, ...] = ()
    desk: Desk = field(default_factory=Desk)
    danger_words: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)
    offer: Offer = field(default_factory=Offer)
    directory: SiteDirectory = field(default_factory=SiteDirectory)

    @property
    def default_language(self) -> str:
        """The language of someone who has not shown another."""
        return self.languages[0]


def load_site(path: Path, content: Path | None = None) -> Site:
    """The site pack in folder ``path``, to be used with the conversation in folder ``content``.

    What a release changed of the settings lies beside its conversation. Raises
    :class:`SiteError` when it cannot be read, or came from another community and has not been
    gone through by this one. A demo may be tried out before.
    """
    site = read_site(path, content)
    if not site.demo:
        refuse_open_points(path)
    return site


def read_site(path: Path, content: Path | None = None) -> Site:
    """The same, only to be looked at. Raises :class:`SiteError` when it cannot be read."""
    file = path / FILE
    try:
        pack = read_settings(file)
    except FileNotFoundError as error:
        raise SiteError(path, "has no site.toml") from error
    site = _read(path, file, pack)
    overlay = content / FILE if content else None
    return _read_over(site, overlay, pack) if overlay and overlay.exists() else site


def read_settings(file: Path) -> dict[str, Any]:
    """A file as it is written. Raises :class:`SiteError`, or ``FileNotFoundError``."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SiteError(file, "is not valid TOML") from error


def _read_over(site: Site, overlay: Path, pack: Mapping[str, Any]) -> Site:
    """The site with what a release changed of it; what is wrong then is the overlay's fault."""
    try:
        laid = lay_over(pack, read_settings(overlay))
        return replace(_read(overlay, overlay, laid), path=site.path)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise SiteError(overlay, "holds something that is no setting") from error


def _read(path: Path, file: Path, content: Mapping[str, Any]) -> Site:
    try:
        return _parse_site(path, content)
    except ZoneInfoNotFoundError as error:
        raise SiteError(file, "names a timezone that does not exist") from error
    except KeyError as error:
        raise SiteError(file, f"lacks {error.args[0]}") from error


def _parse_site(path: Path, content: Mapping[str, Any]) -> Site:
    keep_hours = _parse_keep_hours(path, content.get("retention", {}))
    return Site(
        path=path,
        demo=bool(content.get("demo", False)),
        languages=tuple(content["languages"]),
        timezone=ZoneInfo(content["timezone"]),
        home_state=content.get("home_state"),
        exit_words=parse_exit_words(path, content),
        facts=_parse_facts(content, keep_hours),
        thresholds=_parse_thresholds(path, content.get("understanding", {})),
        channels=parse_channels(path, content),
        web=parse_web(path, content),
        keep_for=timedelta(hours=keep_hours),
        teams=parse_teams(path, content),
        desk=parse_desk(path, content),
        danger_words=parse_danger_words(path, content),
        offer=parse_offer(path, content),
        directory=parse_directory(path, content),
    )


def _parse_facts(content: Mapping[str, Any], keep_hours: int) -> dict[str, str]:
    """What the site writes, and what follows from its settings."""
    written = {name: str(value) for name, value in content["facts"].items()}
    return {**written, "kept_hours": str(keep_hours)}


def _parse_keep_hours(path: Path, content: Mapping[str, Any]) -> int:
    hours = content.get("after_silence_hours", 72)
    if not isinstance(hours, int) or not 2 <= hours <= LONGEST_KEPT:
        raise SiteError(path, f"may keep talks for 2 to {LONGEST_KEPT} after_silence_hours")
    return hours


def _parse_thresholds(path: Path, content: Mapping[str, Any]) -> Thresholds:
    usable = all(isinstance(value, (int, float)) and 0 <= value <= 1 for value in content.values())
    try:
        if usable:
            return Thresholds.from_json(content)
    except TypeError:
        pass
    names = ", ".join(Thresholds().to_json())
    raise SiteError(path, f"may hold in [understanding] {names}, each between 0 and 1")
