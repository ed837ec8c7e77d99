"""What a member's first page shows, and the figures of it that open pages are told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.store.claims import Waiting
from bot.store.desk_view import Mine
from console.members import Member
from console.navigator.line import Standing
from console.navigator.presence import Presence


@dataclass(frozen=True)
class Glance:
    """The desk in figures. ``mark`` is another one as soon as the page would show another thing."""

    waiting: int
    danger: int
    held: int
    unanswered: int
    mark: str


def make_glance(
    member: Member, standing: Standing, mine: Sequence[Mine], presence: Presence
) -> Glance:
    """The figures for ``member``."""
    line = standing.of(member.id)
    seen = f"{standing.mark} {presence.changes} {mine!r}"
    return Glance(
        waiting=len(line),
        danger=_count_danger(line),
        held=len(mine),
        unanswered=sum(one.unanswered_since is not None for one in mine),
        mark=hashlib.sha256(seen.encode()).hexdigest()[:16],
    )


def _count_danger(line: Sequence[Waiting]) -> int:
    return sum(one.danger for one in line)
