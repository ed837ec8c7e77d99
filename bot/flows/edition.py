"""The content with changes that nobody has written to its files yet."""

from __future__ import annotations

import difflib
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import yaml

from bot.flows.content import SHIPPED
from bot.flows.errors import BadContent
from bot.flows.sheet import NoSuchPlace, Sheet
from bot.flows.toml_sheet import TomlSheet, render_toml
from bot.site_overlay import FILE, find_overlay

#: What a release is made of, beside ``data``.
_ALONE = ("config.yml", "domain.yml")


class Edition:
    """The files under ``root``, of which some read otherwise. ``root`` itself stays as it is.

    ``sheets`` are files that were read before and have not changed since; more are added. With
    the folder of the site's ``pack`` its settings belong to it, as they are in use with ``root``.
    """

    def __init__(
        self, root: Path, sheets: dict[str, Sheet] | None = None, pack: Path | None = None
    ) -> None:
        self._root, self._pack = root, pack
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

    @cached_property
    def settings(self) -> TomlSheet:
        """The site's settings as they read now; another one may take its place.

        Raises :class:`NoSuchPlace` without a site, and :class:`BadContent`.
        """
        if self._pack is None:
            raise NoSuchPlace(FILE)
        return self._settings_in_use

    @property
    def changed(self) -> Mapping[str, str]:
        """The text of each file that reads otherwise, by name."""
        return {name: sheet.text for name, sheet in self._changed.items()}

    def render_patch(self) -> str:
        """The changes as a unified diff, which ``git apply`` takes.

        The settings are held against the site pack, whatever releases changed of them before.
        """
        patch = "".join(
            _compare(name, self._sheets[name].text, sheet.text)
            for name, sheet in sorted(self._changed.items())
        )
        if self._pack is None or self.settings.text == self._settings_in_use.text:
            return patch
        return patch + _compare(_find_name(self._pack), self._written.text, self.settings.text)

    def save(self, folder: Path) -> None:
        """Write all of the content to ``folder``, with the changes."""
        shutil.copytree(self._root / "data", folder / "data")
        for name in _ALONE:
            shutil.copy(self._root / name, folder / name)
        for name, text in self.changed.items():
            (folder / name).write_text(text, encoding="utf-8")
        if self._pack is not None:
            overlay = find_overlay(self._written.value, self.settings.value)
            if overlay:
                (folder / FILE).write_text(render_toml(overlay), encoding="utf-8")

    @cached_property
    def _written(self) -> TomlSheet:
        """The site pack's own settings."""
        assert self._pack is not None
        return _open_settings(self._pack / FILE)

    @cached_property
    def _settings_in_use(self) -> TomlSheet:
        overlay = self._root / FILE
        if not overlay.exists():
            return self._written
        try:
            return self._written.lay_over(_open_settings(overlay).value)
        except (LookupError, TypeError, AttributeError, NoSuchPlace) as error:
            raise BadContent(overlay, "it holds something that is no setting") from error


def _open_settings(file: Path) -> TomlSheet:
    try:
        return TomlSheet(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadContent(file, error) from error


def _find_name(pack: Path) -> str:
    """The site pack's file as a patch names it: from the checkout, or from the pack itself."""
    file = (pack / FILE).resolve()
    return str(file.relative_to(SHIPPED)) if file.is_relative_to(SHIPPED) else FILE


def _compare(name: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
