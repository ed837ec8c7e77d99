"""The public pages and their way out follow what a release changed of the site's settings."""

from __future__ import annotations

from pathlib import Path

from bot.flows.published import find_release, save_published
from gateway.chat_exit import WayOut
from gateway.chat_page import Pages, Scene
from gateway.house import build
from tests.worker.conftest import open_settings

OVERLAY = 'exit_words = ["luna roja"]\n[facts]\ndv_line = "1-800-555-0100"\n'


def test_a_new_word_and_a_new_line_count_without_a_restart(tmp_path: Path) -> None:
    house = build(open_settings(tmp_path, "postgresql://nobody@127.0.0.1:9/none"))
    way_out, pages = WayOut(house), Pages(house.live_site, "https://chat.example")
    assert way_out.is_exit("weather") and not way_out.is_exit("Luna roja")
    root = find_release(tmp_path, "a1")
    root.mkdir(parents=True)
    (root / "site.toml").write_text(OVERLAY, encoding="utf-8")
    save_published(tmp_path, "a1")
    assert way_out.is_exit("Luna roja!") and way_out.is_exit("EXIT")
    assert not way_out.is_exit("weather")
    assert b"1-800-555-0100" in pages.chat(Scene(), "en", path="/").body
    save_published(tmp_path, "")
    assert way_out.is_exit("weather") and not way_out.is_exit("Luna roja")
