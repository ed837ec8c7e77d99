"""A site that published releases with an earlier version of the code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.flows.building import write_content
from bot.flows.changes import Change, apply_changes
from bot.flows.content import SHIPPED, digest_released
from bot.flows.edition import Edition
from bot.flows.own_changes import OwnChanges, save_own
from bot.flows.places import Place, read_value
from bot.flows.published import find_release, save_published
from bot.settings import ROOT

PACK = ROOT / "sites" / "demo"


def make_older(home: Path, was: Mapping[Place, Any]) -> Path:
    """Content as an earlier version of the code brought it: some places said something else."""
    edition, root = Edition(SHIPPED), find_release(home, "0")
    assert not apply_changes(edition, [change(SHIPPED, place, one) for place, one in was.items()])
    edition.save(root)
    save_own(root, OwnChanges(digest_released(root)))
    return root


def publish(home: Path, base: Path, name: str, says: Mapping[Place, Any]) -> Path:
    """A release on ``base`` with these values, in use."""
    root = find_release(home, name)
    changes = [change(base, place, one) for place, one in says.items()]
    write_content(base, PACK, changes, [], root)
    save_published(home, name)
    return root


def change(root: Path, place: Place, after: Any) -> Change:
    """What makes ``after`` of what the content under ``root`` says."""
    return Change(place, read_value(Edition(root, pack=PACK), place), after)
