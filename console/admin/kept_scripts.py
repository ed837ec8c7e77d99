"""All conversations that are played: those of the content, and those that staff saved."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.flows.changes import Change
from bot.flows.content import SHIPPED
from bot.flows.scripts import Script, lay_over, load_scripts
from bot.store.scripts import Saved, find_saved_scripts
from bot.watching import Watched
from console.admin.sentences import Sentences
from console.house import House


@dataclass(frozen=True)
class Kept:
    """One conversation; ``saved`` is ``None`` for those of the content."""

    script: Script
    saved: Saved | None = None


class Shelf:
    """Where the conversations are found, and what the names in them stand for."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._shipped = Watched(lambda: house.content(), lambda: _load(house.content()))

    async def find_shipped(self) -> list[Script]:
        """Those of the content in use, and the promises. Raises ``BadContent``."""
        return await asyncio.to_thread(self._shipped)

    async def find_all(self) -> list[Kept]:
        """All of them, those of the content first. Raises ``BadContent``."""
        shipped = [Kept(script) for script in await self.find_shipped()]
        async with self._house.sessions() as session:
            saved = await find_saved_scripts(session)
        return [*shipped, *(Kept(one.script, one) for one in saved)]

    async def find(self, language: str, name: str) -> Kept | None:
        """The one of this language and name."""
        found = await self.find_all()
        return next((one for one in found if one.script.key == (language, name)), None)

    async def open_sentences(self, changes: Sequence[Change] = ()) -> Sentences:
        """The words of the content in use, with the ``changes`` of a release."""
        written = await self._house.library.open()
        return Sentences(written, self._house.site.facts, changes)


def _load(root: Path) -> list[Script]:
    """The promises of the house hold whatever the content under ``root`` says."""
    found = {script.key: script for script in load_scripts(SHIPPED) if script.promise}
    lay_over(found, load_scripts(root))
    return list(found.values())
