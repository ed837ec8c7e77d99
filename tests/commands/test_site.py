"""``waymark site``, as an operator or a script runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.flows.published import find_published
from bot.settings import ROOT
from tests.packs.forging import honest, put

DEMO = ROOT / "sites" / "demo"
Shown = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of its own."""
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WAYMARK_SITE", str(DEMO))
    return tmp_path / "home"


@pytest.fixture
def packed(tmp_path: Path, capsys: Shown) -> tuple[Path, str]:
    """The demo's pack, and the fingerprint that its sender was shown."""
    assert main(("site", "export", str(tmp_path / "demo.pack"))) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Signed"))
    return tmp_path / "demo.pack", line.removeprefix("Signed with the key ")


def test_a_site_goes_out_and_comes_back(
    packed: tuple[Path, str], home: Path, tmp_path: Path, capsys: Shown
) -> None:
    folder = tmp_path / "new"
    assert main(("site", "import", str(packed[0]), str(folder), "--key", packed[1])) == 0
    assert "Compare" not in capsys.readouterr().out
    for path in DEMO.rglob("*"):
        if path.is_file():
            assert (folder / path.relative_to(DEMO)).read_bytes() == path.read_bytes()
    for name in ("config.yml", "domain.yml", "data/responses/care.yml", "console/permissions.toml"):
        assert (folder / "content" / name).read_bytes() == (ROOT / name).read_bytes()
    assert list((folder / "content" / "tests" / "understanding").glob("*.yml"))
    assert main(("site", "check", str(folder))) == 1
    assert "10 open in localise.toml." in capsys.readouterr().out
    assert main(("site", "use", str(folder))) == 0
    assert find_published(home).parent == home / "content"


def test_without_a_key_the_fingerprint_is_to_be_compared(
    packed: tuple[Path, str], tmp_path: Path, capsys: Shown
) -> None:
    assert main(("site", "import", str(packed[0]), str(tmp_path / "new"))) == 0
    shown = capsys.readouterr().out
    assert packed[1] in shown and "Compare this fingerprint with the sender" in shown


def test_what_is_refused_leaves_nothing(
    packed: tuple[Path, str], tmp_path: Path, capsys: Shown
) -> None:
    folder = tmp_path / "new"
    evil = put(tmp_path, honest())
    for arguments in (
        (str(evil), str(folder), "--key", packed[1]),
        (str(packed[0]), str(folder), "--key", "abc"),
        (str(tmp_path / "absent"), str(folder)),
        (str(packed[0]), str(tmp_path)),
    ):
        assert main(("site", "import", *arguments)) == 1
        shown = capsys.readouterr()
        assert shown.out == "" and shown.err.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == {"demo.pack", "a.pack", "home"}


def test_the_pack_does_not_land_in_the_site(capsys: Shown) -> None:
    assert main(("site", "export", str(DEMO / "x.pack"))) == 1
    assert "outside the site's folder" in capsys.readouterr().err
    assert not (DEMO / "x.pack").exists()


def test_the_check_is_for_programs_as_well(
    packed: tuple[Path, str], tmp_path: Path, capsys: Shown
) -> None:
    assert main(("site", "check")) == 0
    assert capsys.readouterr().out == "Nothing stands in the way.\n"
    folder = tmp_path / "new"
    main(("site", "import", str(packed[0]), str(folder)))
    capsys.readouterr()
    assert main(("site", "check", str(folder), "--json")) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["may_go_live"], len(found["points"]), found["findings"]) == (False, 10, [])
    assert found["points"][0].keys() == {"name", "what", "where", "why", "done", "by"}
    assert "demo = true" in found["problems"][0]


def test_the_house_does_not_start_with_what_nobody_went_through(
    packed: tuple[Path, str], tmp_path: Path, capsys: Shown
) -> None:
    folder = tmp_path / "new"
    main(("site", "import", str(packed[0]), str(folder)))
    text = (folder / "site.toml").read_text(encoding="utf-8").replace("demo = true\n", "")
    (folder / "site.toml").write_text(text, encoding="utf-8")
    for command in (("site", "use", str(folder)), ("site", "check", str(folder))):
        assert main(command) == 1
    shown = capsys.readouterr()
    assert "localise.toml still has open: hotlines, reporting, consent and 7 more" in shown.err
