"""The content of a release, written to a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from bot.flows.changes import Change, apply_changes
from bot.flows.content import digest_files
from bot.flows.edition import Edition
from bot.flows.own_changes import load_own, save_own
from bot.flows.scripts import Script, save_agreed


def write_content(
    base: Path, pack: Path, changes: Sequence[Change], agreed: Sequence[Script], folder: Path
) -> None:
    """Write the content under ``base`` with ``changes`` to ``folder``, whole or not at all.

    ``pack`` is the site's folder; ``agreed`` are the conversations that go otherwise with these
    changes. What does not fit any more is left out. Raises ``BadContent``.
    """
    edition, own = Edition(base, pack=pack), load_own(base)
    lost = apply_changes(edition, changes)
    draft = folder.with_name(f"draft-{folder.name}")
    shutil.rmtree(draft, ignore_errors=True)
    edition.save(draft)
    save_agreed(draft, agreed)
    if own is not None:
        save_own(draft, own.add(change for change in changes if change not in lost))
    shutil.rmtree(folder, ignore_errors=True)
    draft.replace(folder)


def digest_content(root: Path) -> str:
    """A name for the exact state of everything under ``root``."""
    return digest_files((root, sorted(path for path in root.rglob("*") if path.is_file())))
