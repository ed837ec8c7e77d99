"""The content with changes that nobody has written to its files yet."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from bot.flows.errors import BadContent
from bot.flows.sheet import Sheet

#: What a release is made of, beside ``data``.
_ALONE = ("config.yml", "domain.yml")


class Edition:
    """The files under ``root``, of which some read otherwise. ``root`` itself stays as it is.

    ``sheets`` are files that were read before and have not changed since; more are added.
    """

    def __init__(self, root: Path, sheets: dict[str, Sheet] | None = None) -> None:
        self._root = root
        self._sheets = {} if sheets is None else sheets
        self._changed: dict[str, Sheet] = {}

    def find(self, pattern: str) -> Iterator[str]:
        """Names of files below ``data``, in a fixed order."""
        for path in sorted((self._root / "data").glob(pattern)):
            yield str(path.relative_to(self._root))

    def open(self, name: str) -> Sheet:
        """The file as it reads now. Raises :class:`BadContent`."""
        if name not in self._sheets:
            try:
                self._sheets[name] = Sheet((self._root / name).read_text(encoding="utf-8"))
            except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
                raise BadContent(name, error) from error
        return self._changed.get(name, self._sheets[name])

    def put(self, name: str, sheet: Sheet) -> None:
        """Let a file read otherwise."""
        if sheet.text != self.open(name).text:
            self._changed[name] = sheet

    @property
    def changed(self) -> Mapping[str, str]:
        """The text of each file that reads otherwise, by name."""
        return {name: sheet.text for name, sheet in self._changed.items()}

    def render_patch(self) -> str:
        """The changes as a unified diff, which ``git apply`` takes."""
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for name, sheet in sorted(self._changed.items())
            for line in difflib.unified_diff(
                self._sheets[name].text.splitlines(keepends=True),
                sheet.text.splitlines(keepends=True),
                f"a/{name}",
                f"b/{name}",
            )
        )

    def save(self, folder: Path) -> None:
        """Write all of the content to ``folder``, with the changes."""
        shutil.copytree(self._root / "data", folder / "data")
        for name in _ALONE:
            shutil.copy(self._root / name, folder / name)
        for name, text in self.changed.items():
            (folder / name).write_text(text, encoding="utf-8")
