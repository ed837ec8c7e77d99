"""A content file that changes only where it is told to.

A parser says where each value stands and the new one takes its place, character for
character: comments, order, quotes and line breaks of all else stay as they were written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import yaml

from bot.flows.anchors import Path, find_shared
from bot.flows.yaml_text import INDENT, render_item, render_value
from bot.written import parse_written


class NoSuchPlace(Exception):
    """There is no value at that place, or none that can be changed alone."""


class Sheet:
    """The text of one file. Each change gives a new one, and is proven before it is given.

    A value that stands there for other places too (``&name``, ``*name``) changes in the one place.

    ``text`` is what stands in the file. Raises ``yaml.YAMLError`` for what is no YAML.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._value = parse_written(text)

    @cached_property
    def _tree(self) -> yaml.Node | None:
        node: yaml.Node | None = yaml.compose(self.text, Loader=yaml.CSafeLoader)
        return node

    def read(self, path: Path) -> Any:
        """The value at ``path``, to look at only. Raises :class:`NoSuchPlace`."""
        value = self._value
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError) as error:
                raise NoSuchPlace(path) from error
        return value

    def set(self, path: Path, value: Any) -> Sheet:
        """Put ``value`` where another one stands. Raises :class:`NoSuchPlace`."""
        if self.read(path) == value:
            return self
        return self._change(path, lambda sheet: sheet._put(path, value))

    def _put(self, path: Path, value: Any) -> Sheet:
        node = self._find(path)
        written = self.text[node.start_mark.index : node.end_mark.index]
        # The end of a value takes in the empty lines and comments behind it; they stay.
        end = node.end_mark.index - len(written) + len(written.rstrip())
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            end = self._end_of_block(node)
        indent = self._indent_below(path)
        return self._splice(node.start_mark.index, end, render_value(value, indent), path, value)

    def arrange(self, path: Path, order: Sequence[int | Any]) -> Sheet:
        """Put the items of a list in another order: a position of one that is there moves it,
        anything else is a new item, and a position that is missing drops its item.

        Each item keeps its comments. Raises :class:`NoSuchPlace`.
        """
        return self._change(path, lambda sheet: sheet._order(path, order))

    def _order(self, path: Path, order: Sequence[int | Any]) -> Sheet:
        node = self._find(path)
        if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
            raise NoSuchPlace(path)
        items, values = self._items(node), self.read(path)
        column = node.start_mark.column
        texts = [items[one] if isinstance(one, int) else render_item(one, column) for one in order]
        wanted = [values[one] if isinstance(one, int) else one for one in order]
        start = node.start_mark.index - column
        text = "".join(texts) if texts else " " * column + "[]\n"
        return self._splice(start, start + sum(map(len, items)), text, path, wanted)

    def _change(self, path: Path, change: Callable[[Sheet], Sheet]) -> Sheet:
        """A change, after what others share of its place was written out as far as need be."""
        try:
            return change(self)
        except NoSuchPlace:
            if (apart := self._part(path)) is None:
                raise
        return apart._change(path, change)

    def _part(self, path: Path) -> Sheet | None:
        """The same content, with one place fewer that shares the value at ``path``.

        The first of the others gets the value, and its name for those that are left.
        """
        if (shared := find_shared(self.text, path)) is None:
            return None
        named, other = shared
        value = render_value(self.read(other.path), self._indent_below(other.path))
        if isinstance(other.path[-1], int):  # an item of a list begins behind its dash
            value = json.dumps(self.read(other.path), ensure_ascii=False)
        if named is None:
            return self._splice(other.start, other.end, value, (), self._value)
        between = self.text[named.end : other.start].lstrip(" ")
        space = "" if value[0] == "\n" else " "
        text = f"{between}&{other.name}{space}{value}"
        return self._splice(named.start, other.end, text, (), self._value)

    def _items(self, node: yaml.SequenceNode) -> list[str]:
        """Each item's lines, with the dash and what stands between it and the next."""
        starts = [self._line_start(item.start_mark.index) for item in node.value]
        ends = [*starts[1:], self._end_of_block(node) + 1]
        return [self.text[start:end] for start, end in zip(starts, ends, strict=True)]

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _end_of_block(self, node: yaml.Node) -> int:
        """Where the last line of a block ends, without what follows it."""
        while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        written = self.text[node.start_mark.index : node.end_mark.index].rstrip()
        end = self.text.find("\n", node.start_mark.index + len(written))
        return len(self.text) if end < 0 else end

    def _find(self, path: Path) -> yaml.Node:
        node = self._tree
        for step in path:
            node = _child(node, step)
        if node is None:
            raise NoSuchPlace(path)
        return node

    def _indent_below(self, path: Path) -> int:
        """The column of what a value at ``path`` is made of."""
        parent = self._find(path[:-1])
        return int(parent.start_mark.column) + INDENT

    def _splice(self, start: int, end: int, text: str, path: Path, value: Any) -> Sheet:
        before = self.text[:start]
        if text.startswith("\n"):  # no space and no empty line is left before it
            before = before.rstrip(" ").removesuffix("\n")
        try:
            changed = Sheet(before + text + self.text[end:])
        except yaml.YAMLError as error:
            raise NoSuchPlace(path) from error
        if changed.read(()) != _replaced(self._value, path, value):
            raise NoSuchPlace(path)
        return changed


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        items: dict[str | int, yaml.Node] = {key.value: value for key, value in node.value}
    elif isinstance(node, yaml.SequenceNode):
        items = dict(enumerate(node.value))
    else:
        items = {}
    return items.get(step)


def _replaced(value: Any, path: Path, new: Any) -> Any:
    if not path:
        return new
    step, *rest = path
    if isinstance(value, list):
        return [_replaced(one, rest, new) if n == step else one for n, one in enumerate(value)]
    return {k: _replaced(one, rest, new) if k == step else one for k, one in value.items()}
