"""``waymark release check``, as an operator or a script runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands.doctor import examine
from bot.flows.published import find_release, save_published
from bot.settings import ROOT, load

SITE = ROOT / "sites" / "demo"
CHECK = ("release", "check")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's own ``site.toml``, to be written anew."""
    monkeypatch.setenv("WAYMARK_SITE", str(tmp_path))
    path = tmp_path / "site.toml"
    path.write_bytes((SITE / "site.toml").read_bytes())
    return path


@pytest.mark.usefixtures("site")
def test_the_content_that_is_shipped_may_go_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(CHECK) == 0
    assert capsys.readouterr().out == "Nothing blocks a release.\n"
    assert main((*CHECK, "--json")) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_site_with_a_longer_name_or_another_language_is_told_what_is_wrong(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = site.read_text(encoding="utf-8").replace('"Waymark"', f'"{"Way mark " * 30}"')
    site.write_text(text.replace('languages = ["en", "es"]', 'languages = ["en", "fr"]'))
    assert main(CHECK) == 1
    shown = capsys.readouterr().out
    assert "\n\ntoo_long (docs/gate/too_long.md)\n" in shown
    assert "\n  welcome, utter_ask_safe, en: As a text message it takes" in shown
    assert shown.count("(docs/gate/missing_translation.md)") == 1
    assert main((*CHECK, "--json")) == 1
    found = json.loads(capsys.readouterr().out)
    assert {one["language"] for one in found if one["rule"] == "missing_translation"} == {"fr"}
    assert found[0].keys() == {"rule", "topic", "name", "language", "reason"}


def test_a_site_that_cannot_be_read_is_named(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write_text("languages = [")
    assert main(CHECK) == 1
    assert "not valid TOML" in capsys.readouterr().err


def test_the_settings_of_the_site_are_looked_at_as_they_are_in_use(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path))
    root = find_release(tmp_path, "a1")
    root.mkdir(parents=True)
    (root / "site.toml").write_text('[facts]\ndv_line = "call us"\n', encoding="utf-8")
    assert main(CHECK) == 0
    capsys.readouterr()
    save_published(tmp_path, "a1")
    assert main((*CHECK, "--json")) == 1
    found = [(one["rule"], one["name"]) for one in json.loads(capsys.readouterr().out)]
    assert found == [("unlikely_line", "dv_line")]

    (root / "site.toml").write_text("[", encoding="utf-8")
    settings = load({"WAYMARK_HOME": str(tmp_path), "WAYMARK_SITE": str(site.parent)})
    finding = next(examine(settings))
    assert finding.name == "site pack" and not finding.well and "a1/site.toml" in finding.advice
