"""What a pack holds, and that the same is always the same."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from bot.packs import errors, limits
from bot.packs.gathering import gather
from bot.packs.reading import read_pack
from bot.packs.signing import (
    open_signing_key,
    parse_fingerprint,
    render_fingerprint,
)
from bot.packs.writing import render_pack, save_pack
from tests.packs.forging import FILES, KEY, NOW, put


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A site, a content and a home, with things in them that are nobody else's business."""
    for name, text in {
        "site/site.toml": "demo = true",
        "site/directory/services.csv": "id",
        "site/.env": "TWILIO_AUTH_TOKEN=x",
        "site/.git/config": "x",
        "site/tls.pem": "x",
        "site/copy.sqlite": "x",
        "site/notes.txt": "-----BEGIN PRIVATE KEY-----",
        "site/keys/keyring.json": "x",
        "site/content/domain.yml": "old",
        "site/localise.toml": "x",
        "site/origin.toml": "x",
        "site/home/keys/pack.key": "x",
        "content/domain.yml": "intents: []",
        "content/config.yml": "x",
        "content/data/nlu/en/hello.yml": "x",
        "content/bot/secret.py": "x",
        "shipped/console/permissions.toml": "x",
        "shipped/tests/understanding/en.a.yml": "x",
        "shipped/tests/understanding/test_x.py": "x",
        "outside": "x",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "site" / "link").symlink_to(tmp_path / "outside")
    (tmp_path / "site" / "nowhere").symlink_to(tmp_path / "absent")
    os.mkfifo(tmp_path / "site" / "pipe")
    return tmp_path


def test_a_pack_holds_the_settings_as_they_are_in_use(house: Path) -> None:
    site, content = house / "site", house / "content"
    written = '# Ours.\ndemo = true\n[facts]\ndv_line = "1" # old\n'
    (site / "site.toml").write_text(written, encoding="utf-8")
    (content / "site.toml").write_text('[facts]\ndv_line = "2"\n', encoding="utf-8")
    gathered = gather(site, content, house / "shipped", site / "home")
    assert gathered.files["site/site.toml"].decode() == written.replace('"1"', '"2"')
    assert "content/site.toml" not in gathered.files
    (content / "site.toml").write_text("[", encoding="utf-8")
    with pytest.raises(errors.NotWritten, match="content/site"):
        gather(site, content, house / "shipped", site / "home")


def test_a_pack_holds_the_site_and_the_conversation_and_nothing_else(house: Path) -> None:
    site = house / "site"
    gathered = gather(site, house / "content", house / "shipped", site / "home")
    assert set(gathered.files) == {
        "site/site.toml",
        "site/directory/services.csv",
        "content/domain.yml",
        "content/config.yml",
        "content/data/nlu/en/hello.yml",
        "content/console/permissions.toml",
        "content/tests/understanding/en.a.yml",
    }
    assert gathered.files["content/domain.yml"] == b"intents: []"
    assert {path.name for path in gathered.left_out} == {
        *(".env", ".git", "tls.pem", "copy.sqlite", "notes.txt", "keys", "home"),
        *("link", "nowhere", "pipe"),
    }


def test_a_site_that_is_the_house_is_refused(house: Path) -> None:
    with pytest.raises(errors.NotWritten):
        gather(house / "site", house / "content", house / "shipped", house / "site")


def test_the_same_gives_the_same_bytes() -> None:
    once = render_pack(FILES, "Somewhere", NOW, KEY)
    assert render_pack(dict(reversed(FILES.items())), "Somewhere", NOW, KEY) == once
    assert render_pack(FILES, "Somewhere", NOW + timedelta(seconds=1), KEY) != once
    assert render_pack(FILES, "Elsewhere", NOW, KEY) != once


def test_names_of_any_language_and_length_come_back(tmp_path: Path) -> None:
    files = {f"site/{'ä' * 40}/{'b' * 90}/ñ.yml": b"x" * 513, "site/empty": b""}
    packed = render_pack(files, "Somewhere", NOW, KEY)
    assert dict(read_pack(put(tmp_path, packed)).files) == files


def test_what_nobody_could_import_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    for files, error in (
        ({"site/a": b"", "site/A": b""}, errors.NamesClash),
        ({"site/a:b": b""}, errors.UnsafeName),
        ({"site/" + "a" * 200: b""}, errors.UnsafeName),
        ({f"site/{number}": b"" for number in range(10_001)}, errors.PackTooLarge),
    ):
        with pytest.raises(error):
            render_pack(files, "Somewhere", NOW, KEY)
    for name in ("PACKED", "UNPACKED"):
        with monkeypatch.context() as tight, pytest.raises(errors.PackTooLarge):
            tight.setattr(limits, name, 100)
            render_pack(FILES, "Somewhere", NOW, KEY)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    save_pack(tmp_path / "a.pack", b"one")
    save_pack(tmp_path / "a.pack", b"two")
    for path in (tmp_path, tmp_path / "absent" / "a.pack"):
        with pytest.raises(errors.NotWritten):
            save_pack(path, b"three")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"two"]


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first, second = open_signing_key(tmp_path), open_signing_key(tmp_path)
    assert first.private_bytes_raw() == second.private_bytes_raw()
    path = tmp_path / "keys" / "pack.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["pack.key"]
    path.chmod(0o640)
    with pytest.raises(errors.SigningKeyTooOpen):
        open_signing_key(tmp_path)
    path.chmod(0o600)
    path.write_text("00")
    with pytest.raises(errors.SigningKeyUnreadable):
        open_signing_key(tmp_path)


def test_a_fingerprint_can_be_read_out_and_typed_in() -> None:
    said = render_fingerprint(KEY.public_key().public_bytes_raw())
    assert [len(group) for group in said.split()] == [4] * 10
    for typed in (said.upper(), said.replace(" ", ""), said.replace(" ", ":"), f" {said}\n"):
        assert parse_fingerprint(typed) == said
    for wrong in ("", said[:-1], said + "0", said.replace(said[0], "g")):
        with pytest.raises(errors.NotAFingerprint):
            parse_fingerprint(wrong)
