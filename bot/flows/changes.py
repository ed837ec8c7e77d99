"""Changes to the content: what somebody wants, put into the files, and told in plain words."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.flows.edition import Edition
from bot.flows.places import Place, read_value, write_value
from bot.flows.sheet import NoSuchPlace

#: What people read for the names in the files.
_LABELS = {
    "ask": "question", "skip": "can be skipped", "kind": "kind of answer", "payload": "leads to",
    "line": "read back as", "after": "said afterwards", "short": "in the short version",
    "when": "asked only if", "options": "choice",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One place and what is to stand there. ``before`` is what its author saw there.

    ``None`` is nothing: a question that is new, or one that goes.
    """

    place: Place
    before: Any
    after: Any


@dataclass(frozen=True)
class Piece:
    """Some words of a text."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Row:
    """One part of a value, before and after; each is a list of pieces, ``changed`` or not."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def apply_changes(edition: Edition, changes: Sequence[Change]) -> list[Change]:
    """Put ``changes`` into the edition. Returns those that do not fit any more: their place is
    gone, or says something else by now than its author saw.

    Raises ``BadContent`` where the files cannot be read.
    """
    stale = []
    # Questions first, so that an order may name new ones.
    for change in sorted(changes, key=lambda one: one.place.kind == "order"):
        try:
            if change.place.kind != "order" and _differs(edition, change):
                stale.append(change)
            else:
                write_value(edition, change.place, change.after)
        except NoSuchPlace:
            stale.append(change)
    return stale


def _differs(edition: Edition, change: Change) -> bool:
    return read_value(edition, change.place) not in (change.before, change.after)


def digest_value(value: Any) -> str:
    """A short name for what stood at a place, for a form to remember what its author saw."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


def tell_change(change: Change) -> list[Row]:
    """What differs, part by part, in the order in which people read it."""
    return tell_difference(change.before, change.after)


def tell_difference(old: Any, new: Any) -> list[Row]:
    """The same of any two values that consist of texts, lists and mappings."""
    before, after = dict(_parts(old)), dict(_parts(new))
    labels = [*after, *(label for label in before if label not in after)]
    return [
        Row(label, *_compare(before.get(label, ""), after.get(label, "")))
        for label in labels
        if before.get(label) != after.get(label)
    ]


def _parts(value: Any, label: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a value, with a name that tells people what it is."""
    if value is None:
        return
    if isinstance(value, Mapping):
        for key, one in value.items():
            name = _LABELS.get(key, str(key))
            yield from _parts(one, f"{label}, {name}" if label else name)
    elif isinstance(value, list):
        for number, one in enumerate(value, 1):
            if isinstance(one, str):
                yield f"{label} {one}".strip(), one
            else:
                yield from _parts(one, f"{label} {number}".strip())
    elif isinstance(value, bool):
        yield label, "yes" if value else "no"
    else:
        yield label, " ".join(str(value).split())


def _compare(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    old, new = before.split(), after.split()
    left: list[Piece] = []
    right: list[Piece] = []
    for what, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if i < j:
            left.append(Piece(" ".join(old[i:j]), what != "equal"))
        if k < m:
            right.append(Piece(" ".join(new[k:m]), what != "equal"))
    return tuple(left), tuple(right)
