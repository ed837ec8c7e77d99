"""Points settled one by one, by several at once, in a file that stays as it was written."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import SiteError
from bot.packs import errors
from bot.packs.reading import POINTS
from bot.packs.settling import Answer, save_answer
from bot.site_localise import read_points

OPEN, ANA = Answer(False, ""), Answer(True, "Ana Roe")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing but the points."""
    shutil.copy(POINTS, tmp_path)
    return tmp_path


def test_all_at_once_lose_nothing_of_each_other(folder: Path) -> None:
    names = [point.name for point in read_points(folder)]
    for answer, seen in ((ANA, OPEN), (OPEN, ANA)) * 3:
        with ThreadPoolExecutor(len(names)) as several:
            saves = [several.submit(save_answer, folder, name, seen, answer) for name in names]
        assert [save.exception() for save in saves] == [None] * len(names)
        assert {(point.done, point.by) for point in read_points(folder)} == {
            (answer.done, answer.by)
        }
    # Comments, order and every space are as they were.
    assert (folder / POINTS.name).read_text("utf-8") == POINTS.read_text(encoding="utf-8")
    assert [path.name for path in folder.iterdir()] == [POINTS.name]


def test_who_has_seen_something_else_changes_nothing(folder: Path) -> None:
    save_answer(folder, "roles", OPEN, ANA)
    before = (folder / POINTS.name).read_bytes()
    with pytest.raises(errors.PointChanged):
        save_answer(folder, "roles", OPEN, Answer(True, "Bea"))
    with pytest.raises(errors.NoSuchPoint):
        save_answer(folder, "nothing", OPEN, ANA)
    assert (folder / POINTS.name).read_bytes() == before


@pytest.mark.parametrize("by", ['"', "'''", "\\", "#", "Ñandú\t家", 'a"\n[roles]\ndone = true'])
def test_a_name_stays_a_name(folder: Path, by: str) -> None:
    save_answer(folder, "roles", OPEN, Answer(False, by))
    points = {point.name: point for point in read_points(folder)}
    assert points["roles"].by == by and len(points) == 10
    assert all(point.open for point in points.values())


def test_points_that_were_added_by_hand_are_kept(folder: Path) -> None:
    file = folder / POINTS.name
    more = "\n# ours\n[\"a point\"] # new\nwhat = \"a\"\nwhere = \"b\"\nwhy = '''c\nd'''\n"
    file.write_text(file.read_text("utf-8") + more, encoding="utf-8")
    save_answer(folder, "a point", OPEN, ANA)
    assert file.read_text("utf-8").endswith(more + 'done = true\nby = "Ana Roe"\n')


def test_a_file_that_cannot_be_read_is_not_touched(folder: Path) -> None:
    (folder / POINTS.name).write_text("[")
    with pytest.raises(SiteError):
        save_answer(folder, "roles", OPEN, ANA)
    with pytest.raises(errors.NotWritten):
        save_answer(folder / "gone", "roles", OPEN, ANA)
