"""Small files that would fill the machine, and ordinary ones that use the same means."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.flows.content import SHIPPED
from bot.packs.unfolding import find_unfolding

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        "a: &a [*a]",
        "a: *nothing",
        "a: " + "[" * 101,
        f"a: &a {'x' * 100_000}\nb: [{'*a,' * 100}]",
        "x" * 5_000_001,
    ],
    ids=["within each other", "within itself", "of nothing", "too deep", "often", "long"],
)
def test_what_would_fill_the_machine_is_found(tmp_path: Path, text: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yml").write_text(text)
    assert list(find_unfolding(tmp_path)) == [tmp_path / "data" / "a.yml"]


@pytest.mark.parametrize(
    "text", ["a: &a [1, 2]\nb: [*a, *a]\nc: *a", "[", "\ta: b", "", "a: '*a & b'"]
)
def test_ordinary_files_pass(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    (tmp_path / "b.yml").write_bytes(b"\xff")
    assert list(find_unfolding(tmp_path)) == []


def test_what_ships_passes() -> None:
    for folder in (SHIPPED / "data", SHIPPED / "sites"):
        assert list(find_unfolding(folder)) == []
