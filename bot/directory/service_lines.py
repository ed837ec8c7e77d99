"""What a text says about one service, within two segments of an SMS."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.directory.phrases import Phrases
from bot.directory.room import Room
from bot.directory.schedule import Hours
from bot.directory.search import Match
from bot.directory.when import render_clock
from bot.wire.fitting import shorten

#: Characters: two parts of a GSM-7 text, with two kept back for letters that count double.
MOST = 304
#: Characters of the directory's own wording that a line quotes; details quote more.
QUOTED, QUOTED_IN_DETAILS = 40, 140
#: A name longer than this would push out what matters more.
LONGEST_NAME = 60


def render_found(match: Match, number: int, say: Phrases, now: datetime) -> str:
    """One service of a list. What matters least is left out first when it grows too long."""
    name = say.say("found", number=number, name=shorten(match.name, LONGEST_NAME))
    return _render(match, name, say, now)


def render_service(match: Match, say: Phrases, now: datetime) -> str:
    """The same of a service that stands alone."""
    return _render(match, shorten(match.name, LONGEST_NAME), say, now)


def _render(match: Match, name: str, say: Phrases, now: datetime) -> str:
    lines = [
        name,
        *_reach(match, say),
        render_hours(match.hours, say, now),
        _where(match, say),
        _room(match.capacity, say),
        _cost(match, say, QUOTED),
        say.languages(match.languages),
        _quote("bring", match.bring, say, QUOTED),
        _checked(match, say),
    ]
    return _join(_fitting(filter(None, lines)))


def render_details(match: Match, say: Phrases) -> list[str]:
    """All else that is known of a service, in one or two texts."""
    name = shorten(match.name, LONGEST_NAME)
    known = list(filter(None, _known(match, say))) or [say.say("nothing_else")]
    first = _join([name, *_fitting(known, MOST - len(name) - 2)])
    website = say.say("website", url=match.url) if match.url else ""
    return [first, website] if 0 < len(website) <= MOST else [first]


def _known(match: Match, say: Phrases) -> list[str]:
    address = _quote("address", match.address, say, QUOTED_IN_DETAILS)
    return [
        say.say("ask_address") if match.confidential else address,
        _room(match.capacity, say),
        _quote("eligibility", match.eligibility, say, QUOTED_IN_DETAILS),
        _quote("bring", match.bring, say, QUOTED_IN_DETAILS),
        _cost(match, say, QUOTED_IN_DETAILS),
        _quote("description", match.description, say, QUOTED_IN_DETAILS),
    ]


def render_hours(hours: Hours | None, say: Phrases, now: datetime) -> str:
    """Whether it is open, and when that changes."""
    if hours is None:
        return say.say("hours_unknown")
    if hours.always:
        return say.say("always")
    if hours.open_now and hours.closes:
        return say.say("open_until", time=_time(hours.closes, say, now))
    if hours.opens:
        return say.say("opens", time=_time(hours.opens, say, now))
    return say.say("open_now" if hours.open_now else "closed")


def _time(moment: datetime, say: Phrases, now: datetime) -> str:
    days = (moment.date() - now.date()).days
    name = "today" if days == 0 else "tomorrow" if days == 1 else "later"
    return say.say(name, clock=render_clock(moment), day=say.day(moment.weekday()))


def _reach(match: Match, say: Phrases) -> list[str]:
    ways = []
    if match.phone:
        extension = say.say("extension", extension=match.extension) if match.extension else ""
        ways.append(f"{say.say('phone', phone=match.phone)} {extension}".strip())
    if match.text_line:
        ways.append(say.say("text_line", text_line=match.text_line))
    return ways


def _where(match: Match, say: Phrases) -> str:
    if match.confidential:
        return say.say("confidential")
    if match.nationwide:
        return say.say("nationwide")
    if match.miles is None:
        return ""
    return say.say("near") if match.miles < 1 else say.say("miles", miles=round(match.miles))


def _room(room: Room | None, say: Phrases) -> str:
    """What they said of their beds, and when; it never says that a bed is kept."""
    if room is None:
        return ""
    said = say.say(
        "said_today" if room.today else "said_yesterday", clock=render_clock(room.said_at)
    )
    number = {0: "no_", 1: "one_"}.get(room.available, "")
    return say.say(f"{number}{room.unit}_free", available=room.available, said=said)


def _cost(match: Match, say: Phrases, most: int) -> str:
    return say.say("free") if match.free else _quote("cost", match.cost, say, most)


def _checked(match: Match, say: Phrases) -> str:
    if match.stale or match.verified is None:
        return say.say("unchecked")
    return say.say("checked", month=say.month(match.verified.month), year=match.verified.year)


def _quote(name: str, text: str | None, say: Phrases, most: int) -> str:
    return say.say(name, **{name: shorten(text, most)}) if text else ""


def _fitting(lines: Iterable[str], most: int = MOST) -> list[str]:
    """The first lines, and of the others those that still fit."""
    kept: list[str] = []
    for line in lines:
        if len(_join([*kept, line])) <= most:
            kept.append(line)
    return kept


def _join(lines: Iterable[str]) -> str:
    return " ".join(line if line.endswith((".", "?")) else f"{line}." for line in lines)
