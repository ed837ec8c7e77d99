"""Who else is looking at a person, as their open pages tell. It is kept nowhere."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from console.members import Member


class Presence:
    """Members by the person they look at, for as long as their page is open.

    ``changes`` counts how often somebody came to, or left, a person who waits in the line.
    """

    def __init__(self) -> None:
        self._looking: dict[uuid.UUID, Counter[tuple[uuid.UUID, str]]] = defaultdict(Counter)
        self.changes = 0

    @contextmanager
    def look(self, person_id: uuid.UUID, member: Member, *, waits: bool = False) -> Iterator[None]:
        """``member`` is looking until the end of the block; two pages of theirs count once."""
        self._count(person_id, member, 1, waits)
        try:
            yield
        finally:
            self._count(person_id, member, -1, waits)

    def others(self, person_id: uuid.UUID, member: Member) -> list[str]:
        """The names of everybody but ``member`` who is looking."""
        looking = self._looking.get(person_id, ())
        return sorted(name for staff_id, name in looking if staff_id != member.id)

    def _count(self, person_id: uuid.UUID, member: Member, pages: int, waits: bool) -> None:
        looking = self._looking[person_id]
        looking[member.id, member.name] += pages
        self._looking[person_id] = +looking
        if not self._looking[person_id]:
            del self._looking[person_id]
        self.changes += waits
