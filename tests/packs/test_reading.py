"""What is refused, each with its own sentence, and that nothing is written then."""

from __future__ import annotations

import gzip
import io
import os
import random
import tarfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.packs import errors, limits
from bot.packs.origin import Origin, read_origin
from bot.packs.reading import read_pack, save_site
from bot.packs.signing import render_fingerprint
from bot.packs.stream import Stream
from bot.packs.writing import render_pack
from tests.packs import forging
from tests.packs.forging import FILES, KEY, NOW, OTHER, honest, listed, member, pack, put, squeeze

GOOD = render_pack(FILES, "Somewhere", NOW, KEY)
OTHERS_FINGERPRINT = render_fingerprint(OTHER.public_key().public_bytes_raw())


EMPTY = listed({})
SIGNED = forging.signing.sign(KEY, EMPTY)


def refuse(folder: Path, packed: bytes, error: type[errors.PackError]) -> str:
    """The sentence with which it is refused."""
    with pytest.raises(errors.PackError) as refused:
        read_pack(put(folder, packed))
    assert type(refused.value) is error
    said = str(refused.value)
    assert "\n" not in said and said.isprintable()
    return said


def with_name(name: str) -> bytes:
    """Signed, listed, and named so."""
    return pack([member(name, b"x")], listed({name: b"x"}))


def test_an_honest_pack_is_read(tmp_path: Path) -> None:
    for packed in (GOOD, honest()):
        found = read_pack(put(tmp_path, packed))
        assert (dict(found.files), found.manifest.site, found.manifest.made) == (
            dict(FILES),
            "Somewhere",
            NOW,
        )


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"no archive",
        GOOD[:-9],
        GOOD[:200],
        GOOD + b"x",
        GOOD + GOOD,
        gzip.compress(b"no archive"),
        gzip.compress(b"x" * 512),
        gzip.compress(gzip.decompress(GOOD) + b"\0"),
        gzip.compress(gzip.decompress(GOOD)[:-512]),
        gzip.compress(gzip.decompress(GOOD).replace(b"demo = true\n\0", b"demo = true\nx")),
        squeeze([]),
        squeeze([member("site/site.toml", b"x")]),
        squeeze([member("manifest.json", listed({}))]),
        squeeze([member("manifest.json", b"x")]),
        squeeze([member("manifest.json", b"[" * 100_000)]),
        squeeze([member("manifest.json", b"\xff")]),
        squeeze([member("manifest.json", b"9" * 5000)]),
        honest(files=[]),
        honest(files={"site/a": "not a hash"}),
        honest(site="a\nb"),
        honest(site=""),
        honest(site=7),
        honest(made="2026-13-20T12:00:00Z"),
        honest(made=""),
        honest(made="2026-10-20T12:00:01Z"),
        honest(made="0001-01-01T00:00:00Z"),
        honest(more=1),
        pack([member("site/a", b"x", mtime=1)], listed({"site/a": b"x"})),
        pack([member("site/a", b"x", mode=0o777)], listed({"site/a": b"x"})),
        pack([member("site/a", b"x", uname="root")], listed({"site/a": b"x"})),
        pack([member("site/a", b"x")], listed({"site/a": b"x"}), form=tarfile.GNU_FORMAT),
        pack([member("site/a", b"x", size=-1)], listed({"site/a": b"x"}), form=tarfile.GNU_FORMAT),
        squeeze([member("manifest.json", EMPTY, mtime=1), member("signature.txt", SIGNED)]),
        squeeze([member("manifest.json", EMPTY), member("signature.txt", SIGNED, mtime=1)]),
        pack([], listed({}) + b" " * limits.MANIFEST),
    ],
    ids=map(str, count()),
)
def test_what_is_no_pack_is_refused(tmp_path: Path, untrusted: bytes) -> None:
    assert "no whole pack" in refuse(tmp_path, untrusted, errors.NotAPack)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "absent", tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(errors.NotAPack):
            read_pack(path)


@pytest.mark.parametrize("form", [0, 2, "1", 1.0, True, None, [], "\ud800"])
def test_another_format_is_refused(tmp_path: Path, form: object) -> None:
    refuse(tmp_path, honest(format=form), errors.WrongVersion)


def test_a_changed_missing_or_unlisted_file_is_refused(tmp_path: Path) -> None:
    members = [member(name, content) for name, content in FILES.items()]
    changed = [member("content/config.yml", b"language: es\n"), *members[1:]]
    assert "config.yml" in refuse(tmp_path, pack(changed, listed(FILES)), errors.FileChanged)
    assert "config.yml" in refuse(tmp_path, pack(members[1:], listed(FILES)), errors.FileMissing)
    unlisted = [*members, member("site/more.toml", b"x")]
    assert "more.toml" in refuse(tmp_path, pack(unlisted, listed(FILES)), errors.FileUnlisted)


def test_another_signature_is_refused(tmp_path: Path) -> None:
    manifest, members = listed(FILES), [member(name, FILES[name]) for name in FILES]
    good = forging.signing.sign(KEY, manifest)
    others = forging.signing.sign(KEY, listed(FILES, site="Elsewhere"))
    swapped = forging.signing.sign(OTHER, manifest)[:65] + good[65:]
    for signature in (others, swapped, good.upper(), good[:-2], b"", b"\0" * 194):
        head = [member("manifest.json", manifest), member("signature.txt", signature)]
        refuse(tmp_path, squeeze([*head, *members]), errors.WrongSignature)
    assert read_pack(
        put(
            tmp_path,
            squeeze([member("manifest.json", manifest), member("signature.txt", good), *members]),
        )
    )


def test_another_key_than_the_one_named_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, GOOD)
    fingerprint = render_fingerprint(KEY.public_key().public_bytes_raw())
    assert read_pack(path, fingerprint).fingerprint == fingerprint
    with pytest.raises(errors.OtherKey, match=fingerprint):
        read_pack(path, OTHERS_FINGERPRINT)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../site.toml",
        "site/../../x",
        "site/..",
        "site/./x",
        "site//x",
        "site/x/",
        "site/",
        "site",
        "",
        "other/x",
        "SITE/x",
        "site\\x",
        "site/a\\..\\..\\x",
        "C:/x",
        "site/C:x",
        "site/x:stream",
        "site/.env",
        "site/.git/config",
        "site/a./x",
        "site/x ",
        "site/a\nb",
        "site/a\x1b[2Jb",
        "site/\u202etxt",
        "site/content/domain.yml",
        "site/CONTENT/domain.yml",
        "site/localise.toml",
        "site/Localise.TOML",
        "site/origin.toml",
        "site/content",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    refuse(tmp_path, with_name(name), errors.UnsafeName)
    unlisted = pack([member(name, b"x")], listed({}))
    with pytest.raises(errors.PackError):  # a name with "/" at its end is a folder
        read_pack(put(tmp_path, unlisted))


@pytest.mark.parametrize("name", ["site/a\0b", "site/\ud800", "site/" + "a" * 300])
def test_a_name_that_no_archive_holds_is_refused_in_the_list(tmp_path: Path, name: str) -> None:
    refuse(tmp_path, pack([], listed({name: b"x"})), errors.UnsafeName)


def test_bytes_hidden_behind_a_name_are_refused(tmp_path: Path) -> None:
    info, content = member("site/a", b"x")
    header = bytearray(info.tobuf(tarfile.USTAR_FORMAT))
    header[7:15] = b"/../../x"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    head = gzip.decompress(pack([], listed({"site/a": b"x"})))[:-1024]
    plain = head + bytes(header) + content + bytes(511) + bytes(1024)
    refuse(tmp_path, gzip.compress(plain), errors.NotAPack)


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.FIFOTYPE,
        tarfile.DIRTYPE,
        tarfile.CONTTYPE,
        tarfile.AREGTYPE,
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_SPARSE,
        b"S",
        b"Z",
    ],
)
def test_whatever_is_no_plain_file_is_refused(tmp_path: Path, kind: bytes) -> None:
    evil = member("site/site.toml", b"x", type=kind, linkname="/etc/passwd")
    refuse(tmp_path, pack([evil], listed({"site/site.toml": b"x"})), errors.NotAFile)


@pytest.mark.parametrize(
    "names",
    [
        ("site/a", "site/A"),
        ("site/a/x", "site/A/y"),
        ("site/straße", "site/STRASSE"),
        ("site/\u00e9", "site/e\u0301"),
        ("site/a", "site/a/b"),
        ("site/a/b", "site/a"),
    ],
)
def test_names_of_which_one_would_hide_the_other_are_refused(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    files = dict.fromkeys(names, b"x")
    refuse(tmp_path, honest(files), errors.NamesClash)


def test_a_name_that_comes_twice_is_refused(tmp_path: Path) -> None:
    twice = [member("site/a", b"x"), member("site/a", b"x")]
    refuse(tmp_path, pack(twice, listed({"site/a": b"x"})), errors.NamesClash)
    manifest = listed({"site/a": b"x"}).replace(b'{"site/a": ', b'{"site/a": "", "site/a": ')
    refuse(tmp_path, pack(twice[:1], manifest), errors.NamesClash)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED", 1_000_000)
    bomb = bytes(2_000_000)
    packed = honest({"site/a": bomb})
    assert len(packed) < 10_000
    refuse(tmp_path, packed, errors.PackTooLarge)
    many = {f"site/{number}": bytes(300_000) for number in range(5)}
    refuse(tmp_path, honest(many), errors.PackTooLarge)
    refuse(
        tmp_path,
        pack([member("site/a", size=7 * 10**9)], listed({"site/a": b""})),
        errors.PackTooLarge,
    )


def test_a_bomb_behind_the_end_is_not_unpacked(tmp_path: Path) -> None:
    refuse(tmp_path, gzip.compress(gzip.decompress(GOOD) + bytes(50_000_000)), errors.NotAPack)


def test_too_large_a_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PACKED", len(GOOD) - 1)
    refuse(tmp_path, GOOD, errors.PackTooLarge)


def test_a_file_that_grows_while_it_is_read_is_not_read_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "PACKED", 100_000)
    noise = random.Random(7).randbytes(300_000)
    with pytest.raises(errors.PackTooLarge):
        Stream(io.BytesIO(gzip.compress(noise))).read(len(noise))


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    files = {f"site/{number}": b"" for number in range(limits.FILES + 1)}
    refuse(tmp_path, honest(files), errors.PackTooLarge)


def test_a_folder_is_written_whole(tmp_path: Path) -> None:
    found = read_pack(put(tmp_path, GOOD))
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "new", tmp_path / "empty"):
        save_site(found, folder)
        names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        own = {name.removeprefix("site/") for name in FILES}
        assert names == own | {"localise.toml", "origin.toml"}
        assert read_origin(folder) == Origin("Somewhere", NOW, found.fingerprint)
        assert (folder / "directory" / "services.csv").read_bytes() == b"id,name\n"
    assert {path.name for path in tmp_path.iterdir()} == {"a.pack", "empty", "new"}


def test_a_folder_that_is_taken_stays_as_it_is(tmp_path: Path) -> None:
    found = read_pack(put(tmp_path, GOOD))
    full, link, empty = tmp_path / "full", tmp_path / "link", tmp_path / "empty"
    full.mkdir()
    empty.mkdir()
    (full / "mine").touch()
    link.symlink_to(empty)
    for folder in (full, link, full / "mine", Path("/")):
        with pytest.raises(errors.FolderTaken):
            save_site(found, folder)
    with pytest.raises(errors.NotWritten):
        save_site(found, tmp_path / "absent" / "new")
    assert [path.name for path in full.iterdir()] == ["mine"] and not any(empty.iterdir())


def test_half_a_folder_is_never_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_pack(put(tmp_path, GOOD))
    monkeypatch.setattr("bot.packs.reading.POINTS", tmp_path / "absent")
    with pytest.raises(errors.NotWritten):
        save_site(found, tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pack"]


FLIPS = st.tuples(st.integers(0, 10**6), st.integers(1, 255))


def flip(content: bytes, place: int, change: int) -> bytes:
    """One byte of it, otherwise."""
    damaged = bytearray(content)
    damaged[place % len(damaged)] ^= change
    return bytes(damaged)


Damage = Callable[[bytes, int, int], bytes]


def flip_within(packed: bytes, place: int, change: int) -> bytes:
    """One byte of the archive, under a gzip that is whole."""
    return gzip.compress(flip(gzip.decompress(packed), place, change), 1)


def flip_list(_: bytes, place: int, change: int) -> bytes:
    """One byte of the list, signed by somebody who means it."""
    members = [member(name, content) for name, content in FILES.items()]
    return pack(members, flip(listed(FILES), place, change))


@pytest.mark.parametrize("damage", [flip, flip_within])
@settings(max_examples=400, deadline=None)
@given(flips=FLIPS)
def test_a_flipped_byte_is_refused_or_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, damage: Damage, flips: tuple[int, int]
) -> None:
    path = put(folder := tmp_path_factory.mktemp("flip"), damage(GOOD, *flips))
    try:
        found = read_pack(path)
    except errors.PackError:
        assert [one.name for one in folder.iterdir()] == ["a.pack"]
    else:
        assert found == read_pack(put(folder, GOOD))


@settings(max_examples=400, deadline=None)
@given(flips=FLIPS)
def test_a_list_of_any_bytes_makes_no_trace(
    tmp_path_factory: pytest.TempPathFactory, flips: tuple[int, int]
) -> None:
    path = put(tmp_path_factory.mktemp("list"), flip_list(GOOD, *flips))
    try:
        assert dict(read_pack(path).files) == FILES
    except errors.PackError as error:
        assert str(error).isprintable()


@settings(max_examples=200, deadline=None)
@given(untrusted=st.binary(max_size=2000), zipped=st.booleans())
def test_any_bytes_are_refused(
    tmp_path_factory: pytest.TempPathFactory, untrusted: bytes, zipped: bool
) -> None:
    path = put(tmp_path_factory.mktemp("any"), gzip.compress(untrusted) if zipped else untrusted)
    with pytest.raises(errors.PackError):
        read_pack(path)
