"""What ``config.yml`` names. Each name is code that the trainer would load."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.flows.errors import BadContent
from bot.written import load_written

#: What did the work of our own policy before there was one; a pack made then may still name them.
_EARLIER = {"MemoizationPolicy", "RulePolicy"}


def find_unknown_parts(untrusted: Path, known: Path) -> list[str]:
    """Parts in ``untrusted`` that ``known`` does not have. Raises :class:`BadContent`.

    A pack brings words and never code: not even code that happens to be installed here.
    """
    return sorted(set(_find_parts(untrusted)) - set(_find_parts(known)) - _EARLIER)


def _find_parts(path: Path) -> Iterator[str]:
    try:
        written = load_written(path)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadContent(path, error) from error
    if not isinstance(written, dict):
        raise BadContent(path, "it names no parts")
    # Some keys name code as well, as ``importers`` does.
    yield from (f"key {key}" for key in written)
    yield f"recipe {written.get('recipe')}"
    for group in ("pipeline", "policies"):
        parts: Any = written.get(group)
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            raise BadContent(path, f"its {group} is no list of parts")
        for part in parts:
            yield str(part.get("name"))
            yield from _find_inner(part)


def _find_inner(part: dict[Any, Any]) -> Iterator[str]:
    """Settings that are more than a value may name a part of their own, as ``featurizer`` does."""
    for key, value in part.items():
        if isinstance(value, dict | list):
            yield f"{part.get('name')}, {key}"
