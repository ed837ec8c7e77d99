"""An update of the code reaches a site that has published releases.

Its changes are made again over the content that the code brings now. Where both changed the same
sentence or question, the site's own words stay, for two people agreed to them, and staff are told;
examples of both are kept.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.flows.changes import Change, apply_changes
from bot.flows.checking import check_content
from bot.flows.content import SHIPPED, digest_released
from bot.flows.edition import Edition
from bot.flows.own_changes import OwnChange, OwnChanges, load_own, save_own
from bot.flows.places import read_value
from bot.flows.published import find_release, read_published, read_release, save_published
from bot.flows.scripts import copy_agreed
from bot.flows.sheet import NoSuchPlace
from bot.site import Site


class UpdateBlocked(Exception):
    """The site's changes do not go together with what the code brings; the message says why."""

    def __init__(self, findings: Sequence[Mapping[str, str]]) -> None:
        super().__init__("\n".join(f"{one['name']}: {one['reason']}" for one in findings))


def bring_up_to_date(home: Path, site: Site) -> OwnChanges | None:
    """Put the content in use on what came with the code. Where it was already, or stands on
    nothing that did, nothing happens.

    Returns what the site has changed when something happened. Raises :class:`UpdateBlocked`, and
    ``BadContent``; then everything stays as it was.
    """
    name = read_published(home)
    if not name:
        return None
    folder = find_up_to_date(home, site, name)
    if folder.name == name:
        return None
    save_published(home, folder.name)
    return load_own(folder)


def is_up_to_date(root: Path) -> bool:
    """Whether no update waits for the content under ``root``. Raises ``BadContent``."""
    own = load_own(root)
    return own is None or own.shipped == digest_released(SHIPPED)


def find_up_to_date(home: Path, site: Site, name: str) -> Path:
    """The folder of a release's content over what came with the code, written if need be.

    The content as it went out stays beside it. Raises :class:`UpdateBlocked`, and ``BadContent``.
    """
    root = find_release(home, name)
    if is_up_to_date(root):
        return root
    folder = find_release(home, f"{read_release(name)}.{digest_released(SHIPPED)}")
    if not folder.is_dir():
        _write(root, folder, site)
    return folder


def find_blocks(root: Path, site: Site) -> list[dict[str, str]]:
    """What the gate has against the content under ``root`` over what came with the code.

    Raises ``BadContent``.
    """
    with tempfile.TemporaryDirectory() as folder:
        _save(root, Path(folder), site)
        return check_content(Path(folder), site)


def has_something(root: Path) -> bool:
    """Whether there is anything to look at after an update. Raises ``BadContent``."""
    own = load_own(root)
    if own is None or (not own.changes and not own.gone):
        return False
    overtaken = any(one.is_overtaken for one in own.changes)
    return bool(own.gone) or overtaken or not is_up_to_date(root)


def carry(own: OwnChange, now: Any) -> OwnChange:
    """A change of the site, where what came with the code is ``now``.

    >>> examples = Place("examples", ("ask_food", "en"))
    >>> carry(OwnChange(examples, ["a", "b"], ["a", "b"], ["b", "c"]), ["a", "b", "d"]).after
    ['b', 'd', 'c']
    """
    if now == own.before:
        return own
    if now == own.after:
        return OwnChange(own.place, now, now, now)
    lists = (own.before, own.after, now)
    if own.place.kind == "examples" and all(isinstance(one, list) for one in lists):
        gone = [line for line in own.before if line not in own.after]
        new = [line for line in own.after if line not in own.before and line not in now]
        after = [line for line in now if line not in gone] + new
        return OwnChange(own.place, now, now, after)
    return OwnChange(own.place, own.seen, now, own.after)


def _write(root: Path, folder: Path, site: Site) -> None:
    """Whole or not at all."""
    draft = folder.with_name(f"draft-{folder.name}")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        _save(root, draft, site)
        if findings := check_content(draft, site):
            raise UpdateBlocked(findings)
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _save(root: Path, draft: Path, site: Site) -> None:
    """The site's changes over what came with the code."""
    own = load_own(root)
    assert own is not None
    edition = Edition(SHIPPED, pack=site.path)
    updated = _make_again(edition, own)
    edition.settings = Edition(root, pack=site.path).settings
    edition.save(draft)
    copy_agreed(root, draft)
    save_own(draft, updated)


def _make_again(edition: Edition, own: OwnChanges) -> OwnChanges:
    carried, gone = [], list(own.gone)
    for one in own.changes:
        try:
            carried.append(carry(one, read_value(edition, one.place)))
        except NoSuchPlace:
            gone.append(one)
    changes = {one.place: Change(one.place, one.before, one.after) for one in carried}
    lost = {change.place for change in apply_changes(edition, list(changes.values()))}
    gone += [one for one in carried if one.place in lost]
    kept = [one for one in carried if one.place not in lost and one.before != one.after]
    return OwnChanges(digest_released(SHIPPED), tuple(kept), tuple(gone))
