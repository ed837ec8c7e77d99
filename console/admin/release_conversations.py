"""What a release does to the conversations that have to go on as they do, for its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.store.rehearsals import EVERYTHING, find_last_rehearsal
from bot.store.releases import Release
from bot.store.scripts import Saved, find_agreed_scripts
from bot.store.tables import RehearsalRow
from console.admin.differences import Step, compare, count_open
from console.admin.kept_scripts import Shelf
from console.admin.rehearsing import Played, is_older
from console.admin.sentences import Sentences
from console.house import House


@dataclass(frozen=True)
class Changed:
    """A conversation that goes otherwise in a release, and where."""

    saved: Saved
    steps: Sequence[Step]


@dataclass(frozen=True)
class PlayedWith:
    """The last time that all were played with a release, and what it agreed to. ``otherwise``
    counts what stands in the way, ``before`` are the words in use, ``now`` those of the release.
    """

    last: RehearsalRow | None
    otherwise: int
    older: bool
    changed: Sequence[Changed]
    before: Sentences
    now: Sentences


async def find_played_with(house: House, shelf: Shelf, release: Release) -> PlayedWith:
    """Everything that approvers have to see of it. Raises ``BadContent``."""
    async with house.sessions() as session:
        last = await find_last_rehearsal(session, release.row.id, EVERYTHING)
        agreed = await find_agreed_scripts(session, release.row.id)
    known = {one.script.key: one.script for one in await shelf.find_all()}
    return PlayedWith(
        last,
        count_open((last and last.result) or {}, {one.script.key: one.script for one in agreed}),
        last is not None and is_older(Played(last, ""), release),
        [Changed(one, compare(known.get(one.script.key), one.script)) for one in agreed],
        await shelf.open_sentences(),
        await shelf.open_sentences([one.change for one in release.changes]),
    )
