"""The site as a part that runs sees it: after each publishing, and when something is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.errors import SiteError
from bot.flows.published import LiveContent, find_release, save_published
from bot.flows.site_in_use import LiveSite, find_site
from bot.settings import ROOT
from bot.watching import Watched


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A site's folder of the test's own."""
    return Path(shutil.copytree(ROOT / "sites" / "demo", tmp_path / "site"))


def publish(home: Path, name: str, overlay: str) -> None:
    root = find_release(home, name)
    root.mkdir(parents=True)
    (root / "site.toml").write_text(overlay, encoding="utf-8")
    save_published(home, name)


def test_settings_follow_each_publishing_and_the_way_back(tmp_path: Path, pack: Path) -> None:
    live = LiveSite(pack, LiveContent(tmp_path))
    first = live()
    publish(tmp_path, "a1", '[facts]\ndv_line = "1-800-555-0100"\n')
    assert live().facts["dv_line"] == "1-800-555-0100" and live() is live()
    assert find_site(pack, tmp_path) == live()
    publish(tmp_path, "b2", "[retention]\nafter_silence_hours = 24\n")
    assert live().facts["dv_line"] == first.facts["dv_line"]
    assert live().facts["kept_hours"] == "24" and live().keep_for.days == 1
    save_published(tmp_path, "")
    assert live() == first


@pytest.mark.parametrize("overlay", ["[", 'exit_words = ["stop"]', "[facts]\nx = 1\n[desk]\ny = 2"])
def test_a_broken_overlay_leaves_the_last_good_settings(
    tmp_path: Path, pack: Path, overlay: str
) -> None:
    live = LiveSite(pack, LiveContent(tmp_path))
    publish(tmp_path, "a1", '[facts]\ndv_line = "1-800-555-0100"\n')
    good = live()
    publish(tmp_path, "b2", overlay)
    assert live() == good
    with pytest.raises(SiteError, match=r"b2/site\.toml"):
        LiveSite(pack, LiveContent(tmp_path))
    publish(tmp_path, "c3", "")
    assert live().facts["dv_line"] == "1-800-799-7233"


def test_what_no_release_changes_stays_as_it_was_at_the_start(tmp_path: Path, pack: Path) -> None:
    live, file = LiveSite(pack, LiveContent(tmp_path)), pack / "site.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('["en", "es"]', '["en", "es", "fr"]', 1), encoding="utf-8")
    publish(tmp_path, "a1", "[offer]\nafter_misunderstood = 2\n")
    assert live().languages == ("en", "es") and live().offer.after_misunderstood == 2
    file.write_text(text.replace('dv_text = "88788"\n', ""), encoding="utf-8")
    publish(tmp_path, "b2", "[offer]\nafter_misunderstood = 1\n")
    assert live().offer.after_misunderstood == 2  # sentences need the fact that is gone


def test_what_fails_to_be_read_is_tried_again() -> None:
    states, answers = iter([1, 2, 2, 2, 2]), iter(["a", None, "b"])

    def read() -> str:
        if (answer := next(answers)) is None:
            raise ValueError
        return answer

    watched = Watched(lambda: next(states), read)
    assert watched() == "a"
    with pytest.raises(ValueError):
        watched()
    assert [watched(), watched()] == ["b", "b"]
