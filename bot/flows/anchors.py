"""Where a YAML file names a value (``&name``), and where that stands for others (``*name``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import yaml

#: Keys and positions that lead to a value, from the outside in.
Path = Sequence[str | int]


@dataclass(frozen=True)
class Anchor:
    """``&name`` before the value at ``path``, or ``*name`` in its place.

    ``start`` and ``end`` are the characters of the one word.
    """

    path: Path
    name: str
    stands_for: bool
    start: int

    @property
    def end(self) -> int:
        """Behind its last character."""
        return self.start + 1 + len(self.name)


def find_anchors(text: str) -> list[Anchor]:
    """All of them, in their order. Raises ``yaml.YAMLError``."""
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    return [one for event in events for one in _walk(event, events, ())]


def find_shared(text: str, path: Path) -> tuple[Anchor | None, Anchor] | None:
    """What others share of the value at ``path``: where it is named and first stands for it.

    Nothing is named where ``path`` itself leads through a ``*name``.
    """
    anchors = find_anchors(text)
    for one in anchors:
        if one.stands_for and _is_within(path, one.path):
            return None, one
    for one in anchors:
        if not one.stands_for and (_is_within(path, one.path) or _is_within(one.path, path)):
            for other in anchors:
                if other.stands_for and other.name == one.name:
                    return one, other
    return None


def _is_within(path: Path, other: Path) -> bool:
    return tuple(path[: len(other)]) == tuple(other)


def _walk(event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Iterator[Anchor]:
    if name := getattr(event, "anchor", None):
        assert event.start_mark is not None
        yield Anchor(path, name, isinstance(event, yaml.AliasEvent), event.start_mark.index)
    if isinstance(event, yaml.SequenceStartEvent):
        for position in count():
            item = next(events)
            if isinstance(item, yaml.SequenceEndEvent):
                return
            yield from _walk(item, events, (*path, position))
    elif isinstance(event, yaml.MappingStartEvent):
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            step = getattr(key, "value", "")
            yield from _walk(next(events), events, (*path, step))
