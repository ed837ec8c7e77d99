"""Walls that import rules alone cannot draw."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT

ROOMS = "actions bot channels console deploy engine gateway simulator worker".split()  # noqa: SIM905
PACKAGES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("__init__.py") if path.stat().st_size
)
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
#: The longest file: a table of reasons may grow, an idea may not.
MOST_LINES = 330
#: Who may call a vendor with the vendor's own client.
CALLS_VENDORS = "worker"


def test_only_the_worker_calls_vendors() -> None:
    callers = {
        path.relative_to(ROOT).parts[0] for path, name in _imports() if name == "twilio.rest"
    }
    assert callers == {CALLS_VENDORS}


def test_the_words_that_processes_share_need_nothing_but_python() -> None:
    foreign = {
        name.split(".")[0]
        for path, name in _imports()
        if path.is_relative_to(ROOT / "bot" / "wire") and not name.startswith(("bot.wire", "__"))
    }
    assert foreign <= {"collections", "dataclasses", "enum", "re", "typing", "unicodedata", "uuid"}


def test_the_engine_knows_the_wire_and_nothing_else_of_the_heart() -> None:
    known = {
        name
        for path, name in _imports()
        if path.is_relative_to(ROOT / "engine") and name.startswith("bot")
    }
    assert known and all(name.startswith("bot.wire") for name in known)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_sign_on_its_door(room: str) -> None:
    module = ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(module), f"{room}/__init__.py says nothing"


def test_files_hold_one_idea() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path.name: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_name_says_nothing() -> None:
    empty = re.compile(r"(^|_)(utils?|helpers?|manager|base|common)(_|$)")
    named = {path.name for path in SOURCES if empty.search(path.stem)}
    assert named <= {"base.py"}  # SQLAlchemy's own word for the root of the tables


def test_locks_name_no_place() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text(encoding="utf-8")


def _imports() -> Iterator[tuple[Path, str]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield path, node.module
