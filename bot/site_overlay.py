"""What a release changed of a site's settings, laid over what the site pack says.

A release keeps only the settings that somebody changed, so that whatever else the operator writes
into the pack goes on to count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: The name of the file in the site pack, and of the one beside a release's content.
FILE = "site.toml"

#: Keys and positions that lead to a setting, from the outside in.
Steps = tuple[str | int, ...]


def lay_over(pack: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """The pack's settings, with those of the overlay in their place."""
    laid: dict[str, Any] = {**pack}
    for steps, value in find_settings(pack, overlay):
        laid = _put(laid, steps, value)
    return laid


def find_settings(
    pack: Mapping[str, Any], overlay: Mapping[str, Any]
) -> Iterator[tuple[Steps, Any]]:
    """Each setting of the overlay, and where it belongs in the pack.

    Teams are known by their names; hours of one that the pack no longer has are of no use.
    """
    teams = [one["name"] for one in pack.get("teams", ())]
    for name, value in overlay.items():
        if name == "teams":
            for team in value:
                if team["name"] in teams:
                    yield (name, teams.index(team["name"]), "hours"), team["hours"]
        elif isinstance(value, Mapping):
            yield from (((name, key), one) for key, one in value.items())
        else:
            yield (name,), value


def find_overlay(pack: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The overlay that makes ``wanted`` of ``pack``; nothing that the pack says anyway."""
    overlay: dict[str, Any] = {}
    for name, value in wanted.items():
        there = pack.get(name)
        if name == "teams":
            value = [
                {"name": now["name"], "hours": now["hours"]}
                for now, before in zip(value, there or (), strict=True)
                if now != before
            ]
        elif isinstance(value, Mapping):
            value = {key: one for key, one in value.items() if (there or {}).get(key) != one}
        if value not in (there, {}) and not (name == "teams" and not value):
            overlay[name] = value
    return overlay


def _put(value: Any, steps: Steps, new: Any) -> Any:
    if not steps:
        return new
    step, *rest = steps
    if isinstance(step, int):
        return [_put(one, tuple(rest), new) if at == step else one for at, one in enumerate(value)]
    return {**value, step: _put(value.get(step, {}), tuple(rest), new)}
