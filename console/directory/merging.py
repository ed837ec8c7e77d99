"""Two members changed one service at once: what each of them wrote, put together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.flows.changes import Row, tell_difference
from console.directory.reading import tell_fields
from console.directory.typed import LABELS, Typed


@dataclass(frozen=True)
class Merged:
    """``typed`` is to be looked at and saved again.

    ``taken`` are labels of what the other one changed alone, which is in the form now; ``both``
    are fields that both changed: theirs before, ours after, and ours is in the form.
    """

    typed: Typed
    taken: Sequence[str]
    both: Sequence[Row]


def merge_typed(seen: Typed, theirs: Typed, ours: Typed) -> Merged:
    """``seen`` is what we began from; ``theirs`` is what stands there now."""
    by_them = [name for name in LABELS if getattr(seen, name) != getattr(theirs, name)]
    by_us = [name for name in by_them if getattr(seen, name) != getattr(ours, name)]
    taken = [name for name in by_them if name not in by_us]
    merged = replace(ours, **{name: getattr(theirs, name) for name in taken})
    clash = [name for name in by_us if getattr(theirs, name) != getattr(ours, name)]
    labels = {LABELS[name] for name in clash}
    both = tell_difference(_only(theirs, labels), _only(ours, labels))
    return Merged(merged, [LABELS[name] for name in taken], both)


def _only(typed: Typed, labels: set[str]) -> dict[str, object]:
    return {label: value for label, value in tell_fields(typed).items() if label in labels}
