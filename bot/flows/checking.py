"""Changes held against the gate."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.flows.changes import Change, apply_changes
from bot.flows.edition import Edition
from bot.flows.errors import BadContent
from bot.flows.gate import check, load_content
from bot.journeys.errors import BadJourney
from bot.site import Site

#: A change that cannot be put where it belongs any more; its page is with the gate's own rules.
STALE = "stale_change"
UNREADABLE = "unreadable"


def check_changes(root: Path, changes: Sequence[Change], site: Site) -> list[dict[str, str]]:
    """Everything that blocks these changes to the content under ``root``, as plain values."""
    edition = Edition(root)
    stale = [_tell_stale(change) for change in apply_changes(edition, changes)]
    with tempfile.TemporaryDirectory() as folder:
        edition.save(Path(folder))
        try:
            found = [dataclasses.asdict(one) for one in check(load_content(Path(folder), site))]
        except (BadContent, BadJourney) as error:
            reason = f"The changes together make no conversation: {error}"
            found = [_tell(UNREADABLE, "", reason)]
    return stale + found


def _tell_stale(change: Change) -> dict[str, str]:
    reason = (
        "The conversation says something else here by now. Take this change out, look at what "
        "is there, and change it again."
    )
    return _tell(STALE, str(change.place), reason)


def _tell(rule: str, name: str, reason: str) -> dict[str, str]:
    return {"rule": rule, "topic": "", "name": name, "language": "", "reason": reason}
