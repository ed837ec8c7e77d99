"""Files that look small and are not: in YAML a short name can stand for all that came before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

#: Characters that one file may have when every name in it is written out. Ours stay far below.
MOST = 5_000_000
#: Lists within lists. The reader's work grows with the square of them.
DEEPEST = 100


def find_unfolding(untrusted: Path) -> Iterator[Path]:
    """The files below ``untrusted`` that must not be read, for they would fill any machine."""
    for path in sorted(untrusted.rglob("*")):
        if path.suffix in {".yml", ".yaml"} and path.is_file() and not _is_bounded(path):
            yield path


def _is_bounded(untrusted: Path) -> bool:
    """Whether it stays small. What cannot be read at all is told of where it is read."""
    try:
        return _find_length(untrusted.read_text(encoding="utf-8")) <= MOST
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return True


def _find_length(untrusted: str) -> int:
    """Characters when it is written out, or the first number above :data:`MOST`."""
    named: dict[str, int] = {}
    # What is open, the innermost last: its name, and its length so far.
    whole: list[tuple[str | None, int]] = [(None, 0)]
    for event in yaml.parse(untrusted, Loader=yaml.CSafeLoader):
        name, length = getattr(event, "anchor", None), 1
        if isinstance(event, yaml.CollectionStartEvent):
            whole.append((name, 1))
            if len(whole) > DEEPEST:
                return MOST + 1
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            name, length = whole.pop()
        elif isinstance(event, yaml.AliasEvent):
            length = named.get(name or "", MOST + 1)  # it may hold itself, without an end
        elif isinstance(event, yaml.ScalarEvent):
            length += len(event.value)
        if name and not isinstance(event, yaml.AliasEvent):
            named[name] = length
        whole[-1] = (whole[-1][0], whole[-1][1] + length)
        if whole[-1][1] > MOST:
            break
    return max(length for _, length in whole)
