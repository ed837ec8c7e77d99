"""A site's settings as text, which changes only where it is told to."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from bot.flows.sheet import NoSuchPlace
from bot.site_overlay import Steps, find_settings, lay_over

#: Characters of a list that stands on one line.
_LINE = 88


class TomlSheet:
    """The text of a ``site.toml``. Each change gives a new one, and is proven before it is given.

    Comments, order and line breaks of all else stay as they were written. Raises
    ``tomllib.TOMLDecodeError`` for what is no TOML.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.value: Mapping[str, Any] = tomllib.loads(text)

    def read(self, steps: Steps, default: Any = None) -> Any:
        """The setting at ``steps``, or ``default`` where nothing is written."""
        value: Any = self.value
        for step in steps:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return default
        return value

    def set(self, steps: Steps, value: Any) -> TomlSheet:
        """Put ``value`` there, be it new or in the place of another one.

        Raises :class:`NoSuchPlace` when the text would not say exactly that.
        """
        if self.read(steps) == value:
            return self
        document = tomlkit.parse(self.text)
        try:
            _put(document, steps, value)
            changed = TomlSheet(tomlkit.dumps(document))
        except (TOMLKitError, tomllib.TOMLDecodeError, LookupError, TypeError) as error:
            raise NoSuchPlace(steps) from error
        # Only the hours lead into a list, and they have a path of their own in the overlay.
        if changed.value != _replaced(self.value, steps, value):
            raise NoSuchPlace(steps)
        return changed

    def lay_over(self, overlay: Mapping[str, Any]) -> TomlSheet:
        """The text with what a release changed in it. Raises :class:`NoSuchPlace`."""
        sheet = self
        for steps, value in find_settings(self.value, overlay):
            sheet = sheet.set(steps, value)
        return sheet


def render_toml(value: Mapping[str, Any]) -> str:
    """Settings as text of their own."""
    sheet = TomlSheet("")
    for name, one in value.items():
        if name != "teams":
            for steps, part in find_settings({}, {name: one}):
                sheet = sheet.set(steps, part)
    teams = (
        f"[[teams]]\nname = {_render(team['name'])}\nhours = {_render(team['hours'])}\n"
        for team in value.get("teams", ())
    )
    return TomlSheet("\n".join(filter(None, (sheet.text, *teams)))).text


def _replaced(value: Mapping[str, Any], steps: Steps, new: Any) -> Mapping[str, Any]:
    name, *rest = map(str, steps)
    if name == "teams":
        _, position, key = steps
        teams = [
            {**team, key: new} if at == position else team for at, team in enumerate(value["teams"])
        ]
        return {**value, "teams": teams}
    return lay_over(value, {name: {rest[0]: new} if rest else new})


def _put(document: Any, steps: Steps, value: Any) -> None:
    *above, last = steps
    for step in above:
        if isinstance(step, str) and step not in document:
            document[step] = tomlkit.table()
        document = document[step]
    document[last] = tomlkit.parse(f"x = {_render(value)}")["x"]


def _render(value: Any) -> str:
    """A value as it stands behind its key; a list that is long has a line for each part."""
    if isinstance(value, Mapping):
        return "{{ {} }}".format(", ".join(f"{key} = {_render(one)}" for key, one in value.items()))
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    parts = [_render(one) for one in value]
    line = "[{}]".format(", ".join(parts))
    if len(line) <= _LINE and not any(isinstance(one, Mapping) for one in value):
        return line
    return "[\n{}]".format("".join(f"    {part},\n" for part in parts))
