"""What a community still has to look at in a pack that another one made: ``localise.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import SiteError

FILE = "localise.toml"
#: How many are named where there is only one line to say it in.
_NAMED = 3


@dataclass(frozen=True)
class Point:
    """One thing to look at. ``by`` is whoever did; both are needed for it to be settled."""

    name: str
    what: str
    where: str
    why: str
    done: bool = False
    by: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody has answered for it yet."""
        return not (self.done and self.by.strip())


def read_points(path: Path) -> tuple[Point, ...]:
    """The points of the pack in folder ``path``; none for a pack that was written at home.

    Raises :class:`SiteError` when the file cannot be read as it is written.
    """
    file = path / FILE
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SiteError(file, "is not valid TOML") from error
    if not written:
        raise SiteError(file, "names nothing; take it from the pack again")
    return tuple(_parse_point(file, name, one) for name, one in written.items())


def refuse_open_points(path: Path) -> None:
    """Raises :class:`SiteError` naming the first points that nobody has settled."""
    still = [point.name for point in read_points(path) if point.open]
    if still:
        more = f" and {len(still) - _NAMED} more" if len(still) > _NAMED else ""
        named = ", ".join(still[:_NAMED])
        reason = f"still has open: {named}{more}; waymark site check tells of each"
        raise SiteError(path / FILE, reason)


def _parse_point(file: Path, name: str, untrusted: Any) -> Point:
    reason = f"needs for {name} what, where and why, done = true or false, and by"
    if not isinstance(untrusted, dict):
        raise SiteError(file, reason)
    try:
        point = Point(name, **untrusted)
    except TypeError as error:
        raise SiteError(file, reason) from error
    words = (point.what, point.where, point.why, point.by)
    if not isinstance(point.done, bool) or not all(isinstance(word, str) for word in words):
        raise SiteError(file, reason)
    return point
