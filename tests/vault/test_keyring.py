"""The keyring is made once, for its owner only, and refused when others can read it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.vault.errors import KeyringTooOpen, KeyringUnreadable
from bot.vault.keyring import keyring_path, open_keyring, save_keyring


def test_made_once_and_found_again(tmp_path: Path) -> None:
    made = open_keyring(tmp_path)
    assert open_keyring(tmp_path) == made
    assert keyring_path(tmp_path).stat().st_mode & 0o777 == 0o600


def test_two_starts_at_once_agree_on_one_keyring(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: open_keyring(tmp_path), range(16)))
    assert all(ring == rings[0] for ring in rings)
    assert [path.name for path in keyring_path(tmp_path).parent.iterdir()] == ["keyring.json"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_refused_when_others_may_read_it(tmp_path: Path, mode: int) -> None:
    open_keyring(tmp_path)
    keyring_path(tmp_path).chmod(mode)
    with pytest.raises(KeyringTooOpen):
        open_keyring(tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"masters": {}, "current": 1, "lookup": ""}'])
def test_refused_when_damaged(tmp_path: Path, content: str) -> None:
    open_keyring(tmp_path)
    keyring_path(tmp_path).write_text(content)
    with pytest.raises(KeyringUnreadable):
        open_keyring(tmp_path)


def test_rotated_keyring_is_saved_whole(tmp_path: Path) -> None:
    rotated = open_keyring(tmp_path).rotated()
    save_keyring(tmp_path, rotated)
    assert open_keyring(tmp_path) == rotated
