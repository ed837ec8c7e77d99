"""``waymark release check``, as an operator or a script runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import ROOT

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
