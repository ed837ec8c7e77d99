"""Which content is in use, as a running part sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.flows.content import SHIPPED
from bot.flows.edition import Edition
from bot.flows.published import (
    LiveContent,
    LiveWords,
    find_published,
    find_release,
    read_published,
    save_published,
)


def _make_release(home: Path, name: str, goodbye: str) -> Path:
    """A release of which one of the fixed sentences reads otherwise."""
    edition, file = Edition(SHIPPED), "data/responses/care.yml"
    path = ("responses", "utter_care_returned", 0, "text")
    edition.put(file, edition.open(file).set(path, goodbye))
    edition.save(find_release(home, name))
    return find_release(home, name)


def test_a_part_that_runs_sees_each_release_and_the_way_back(tmp_path: Path) -> None:
    live = LiveContent(tmp_path)
    words = LiveWords(live)
    assert live() == SHIPPED
    before = words.now
    for name, text in (("a1", "We are here again."), ("b2", "Back with you.")):
        root = _make_release(tmp_path, name, text)
        assert live() != root
        save_published(tmp_path, name)
        assert live() == root == find_published(tmp_path)
        assert words.render("utter_care_returned", "en", {}) == text
    save_published(tmp_path, "")
    assert live() == SHIPPED and read_published(tmp_path) == ""
    assert words.now.names() == before.names()


def test_what_is_not_there_or_not_a_name_is_never_in_use(tmp_path: Path) -> None:
    for name in ("c3", "../../etc", "", "a/b", "x" * 100):
        save_published(tmp_path, name)
        assert find_published(tmp_path) == SHIPPED
    root = _make_release(tmp_path, "a1", "We are here again.")
    save_published(tmp_path, "a1")
    assert find_published(tmp_path) == root
    shutil.rmtree(root)
    assert find_published(tmp_path) == SHIPPED
