"""The shelf: names that are safe anywhere, and nothing lost when several put packs there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.packs import errors
from bot.packs.origin import FILE, read_origin
from bot.packs.reading import Pack, read_pack
from bot.packs.shelf import find_pack, find_packs, forget_pack, render_name, save_on_shelf
from tests.packs.forging import FILES, NOW, honest, put


@pytest.fixture
def sent(tmp_path: Path) -> Pack:
    """A pack that was verified."""
    return read_pack(put(tmp_path, honest()))


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("Somewhere", "somewhere"),
        ("  Casa Ñandú, 2. ", "casa-nandu-2"),
        ("../../etc/passwd", "etc-passwd"),
        ("家", "pack"),
        ("...", "pack"),
        ("a" * 39 + " b" * 9, "a" * 39),
    ],
)
def test_a_name_is_safe_on_any_system(site: str, name: str) -> None:
    assert render_name(site) == name


def test_many_at_once_each_get_a_folder(tmp_path: Path, sent: Pack) -> None:
    with ThreadPoolExecutor(8) as several:
        folders = list(several.map(lambda _: save_on_shelf(sent, tmp_path), range(24)))
    assert len(set(folders)) == 24
    names = ["somewhere", *(f"somewhere-{number}" for number in range(2, 25))]
    assert find_packs(tmp_path) == sorted(names)
    for folder in folders:
        assert len([path for path in folder.rglob("*") if path.is_file()]) == len(FILES) + 2


def test_only_its_own_folders_are_found(tmp_path: Path, sent: Pack) -> None:
    assert find_packs(tmp_path) == []
    folder = save_on_shelf(sent, tmp_path)
    (folder.parent / ".somewhere.abc").mkdir()
    (folder.parent / "file").touch()
    (folder.parent / "link").symlink_to(folder)
    assert find_packs(tmp_path) == ["somewhere"]
    assert find_pack(tmp_path, "somewhere") == folder
    for name in ("", "..", "../keys", "link", "file", ".somewhere.abc", "somewhere/directory"):
        assert find_pack(tmp_path, name) is None


def test_what_is_thrown_away_is_gone(tmp_path: Path, sent: Pack) -> None:
    folder = save_on_shelf(sent, tmp_path)
    forget_pack(folder)
    assert not any(folder.parent.iterdir())
    with pytest.raises(errors.NotWritten):
        forget_pack(folder)


def test_a_shelf_that_cannot_be_written_is_told(tmp_path: Path, sent: Pack) -> None:
    (tmp_path / "packs").touch()
    with pytest.raises(errors.NotWritten):
        save_on_shelf(sent, tmp_path)


@pytest.mark.parametrize("text", ["", "[", "site = 1", "site = 'a'\nmade = 1\nfingerprint = 'b'"])
def test_an_origin_that_nobody_understands_is_none(tmp_path: Path, sent: Pack, text: str) -> None:
    folder = save_on_shelf(sent, tmp_path)
    found = read_origin(folder)
    assert found and (found.site, found.made) == ("Somewhere", NOW)
    (folder / FILE).write_text(text)
    assert read_origin(folder) is None
