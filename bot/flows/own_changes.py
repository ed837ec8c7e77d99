"""What a site has changed of the content that came with the code, over all of its releases.

It lies beside each release's content in ``changes.json``. An update of the code brings other
content, over which the same changes are made again (``bot.flows.updating``). The site's settings
are not among them: they lie over the site pack, and no update touches that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.flows.changes import Change
from bot.flows.content import SHIPPED, digest_released
from bot.flows.errors import BadContent
from bot.flows.places import SETTINGS, Place
from bot.flows.sheet import NoSuchPlace

FILE = "changes.json"


@dataclass(frozen=True)
class OwnChange:
    """One place. ``seen`` stood there when it was last changed here, ``before`` what came with
    the code stands there now, and ``after`` what this site says; ``None`` is nothing.
    """

    place: Place
    seen: Any
    before: Any
    after: Any

    @property
    def is_overtaken(self) -> bool:
        """Whether the code brings something else by now than its author saw."""
        return bool(self.seen != self.before)


@dataclass(frozen=True)
class OwnChanges:
    """``shipped`` names the content that came with the code. ``gone`` are changes for which there
    was no place any more; nothing of them is said.
    """

    shipped: str
    changes: tuple[OwnChange, ...] = ()
    gone: tuple[OwnChange, ...] = ()

    def add(self, changes: Iterable[Change]) -> OwnChanges:
        """The same after a release with these changes."""
        by_place = {one.place: one for one in self.changes}
        for change in changes:
            if change.place.kind in SETTINGS:
                continue
            earlier = by_place.pop(change.place, None)
            before = earlier.before if earlier else change.before
            if change.after != before:
                place = change.place
                by_place[place] = OwnChange(place, before, before, change.after)
        return OwnChanges(self.shipped, tuple(by_place.values()), self.gone)


def load_own(root: Path) -> OwnChanges | None:
    """What lies with the content under ``root``; ``None`` where it stands on nothing that came
    with the code, as the content of an imported pack does. Raises ``BadContent``.
    """
    if root == SHIPPED:
        return OwnChanges(digest_released(SHIPPED))
    file = root / FILE
    if not file.exists():
        return None
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
        return OwnChanges(
            written["shipped"],
            tuple(map(_read, written["changes"])),
            tuple(map(_read, written["gone"])),
        )
    except (OSError, ValueError, LookupError, TypeError, NoSuchPlace) as error:
        raise BadContent(file, error) from error


def save_own(root: Path, own: OwnChanges) -> None:
    """Write it down with the content under ``root``."""
    written = {
        "shipped": own.shipped,
        "changes": list(map(_write, own.changes)),
        "gone": list(map(_write, own.gone)),
    }
    text = json.dumps(written, ensure_ascii=False, indent=1)
    (root / FILE).write_text(text, encoding="utf-8")


def _read(written: Mapping[str, Any]) -> OwnChange:
    return OwnChange(
        Place.parse(written["place"]), written["seen"], written["before"], written["after"]
    )


def _write(own: OwnChange) -> dict[str, Any]:
    return {
        "place": str(own.place), "seen": own.seen, "before": own.before, "after": own.after
    }  # fmt: skip
