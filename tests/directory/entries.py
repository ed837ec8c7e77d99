"""Services at shared places, written as an editor would hand them in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.directory.areas import Areas
from bot.directory.entries import Author, save_entry
from bot.directory.report import Report
from bot.store.entries import find_changes, find_entry
from tests.directory.conftest import NOBODY, Directory
from tests.directory.packages import nested

SECRET = "123 Elm Street"
TEXT = "a street address in a text about a confidential place"


def clinic(**changes: Any) -> dict[str, Any]:
    """A service with an address that anybody may know."""
    return {**nested()[1], **changes}


def dentist(**changes: Any) -> dict[str, Any]:
    """Another service of the same organization, in the same house."""
    return clinic(id="svc-9", name="Dentist", **changes)


def later(minutes: int) -> Author:
    """The author some minutes later."""
    return Author(None, NOBODY.now + timedelta(minutes=minutes))


class Desk:
    """An editor, one minute after another."""

    def __init__(self, directory: Directory, areas: Areas) -> None:
        self.directory, self._areas, self._minutes = directory, areas, 0

    def save(self, document: dict[str, Any], **more: Any) -> Report:
        """Save what was seen a moment ago, or as ``seen`` says."""

        async def run(session: Any) -> Report:
            row = await find_entry(session, document["id"])
            seen = more.get("seen", row.changed_at if row else None)
            return await save_entry(session, document, self._areas, self.author(), seen=seen)

        return self.directory.ask(run)

    def do(self, effect: Any, *arguments: Any, **named: Any) -> Any:
        """Another effect of an editor."""
        return self.directory.ask(
            lambda session: effect(session, *arguments, self._areas, self.author(), **named)
        )

    def find(self, entry_id: str) -> Any:
        """The entry's row."""
        return self.directory.ask(lambda session: find_entry(session, entry_id))

    def changes(self, entry_id: str) -> list[Any]:
        """What became of it, the newest first."""
        found = self.directory.ask(lambda session: find_changes(session, entry_id))
        return [one.row for one in found]

    def listed(self) -> list[str]:
        """Ids of all that is searched."""
        return [row.id for row in self.directory.rows()]

    def author(self) -> Author:
        """Whoever edits, and a new minute."""
        self._minutes += 1
        return later(self._minutes)
