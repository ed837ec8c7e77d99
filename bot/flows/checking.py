"""Changes held against the gate."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.errors import SiteError
from bot.flows.changes import Change, apply_changes
from bot.flows.edition import Edition
from bot.flows.errors import BadContent
from bot.flows.gate import check, load_content
from bot.journeys.errors import BadJourney
from bot.site import Site, read_site

#: A change that cannot be put where it belongs any more; its page is with the gate's own rules.
STALE = "stale_change"
UNREADABLE = "unreadable"


def check_changes(root: Path, changes: Sequence[Change], site: Site) -> list[dict[str, str]]:
    """Everything that blocks these changes to the content under ``root`` and to the settings of
    ``site``, as plain values.
    """
    edition = Edition(root, pack=site.path)
    stale = [_tell_stale(change) for change in apply_changes(edition, changes)]
    with tempfile.TemporaryDirectory() as folder:
        edition.save(Path(folder))
        return stale + check_content(Path(folder), site)


def check_content(draft: Path, site: Site) -> list[dict[str, str]]:
    """What the gate says of a draft; settings that cannot be read do not hide the rest."""
    refused = ""
    try:
        site = read_site(site.path, draft)
    except SiteError as error:
        refused = error.reason
    try:
        content = load_content(draft, site)
    except (BadContent, BadJourney) as error:
        return [_tell(UNREADABLE, "", f"The changes together make no conversation: {error}")]
    found = check(dataclasses.replace(content, refused=refused))
    return [dataclasses.asdict(one) for one in found]


def _tell_stale(change: Change) -> dict[str, str]:
    reason = (
        "The conversation says something else here by now. Take this change out, look at what "
        "is there, and change it again."
    )
    return _tell(STALE, str(change.place), reason)


def _tell(rule: str, name: str, reason: str) -> dict[str, str]:
    return {"rule": rule, "topic": "", "name": name, "language": "", "reason": reason}
