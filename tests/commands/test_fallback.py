"""What people read while nothing answers: short, plain, in their language, and telling nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
import textstat

from bot.commands.fallback import WORDS, Words, find_words, render_page, render_texts
from bot.errors import SiteError
from bot.settings import ROOT
from bot.site import load_site
from bot.wire.segments import count_segments

DEMO = ROOT / "sites" / "demo"
WAYMARK = str(Path(sys.executable).with_name("waymark"))
#: Words that would tell a stranger who holds the phone what this is.
TELLING = re.compile(
    r"violen|abus|traffick|trata|shelter|refugio|victim|surviv|domest|hotline|waymark", re.I
)


def site_of(folder: Path, old: str, new: str) -> Path:
    """The demo's site pack with one thing changed."""
    content = (DEMO / "site.toml").read_text(encoding="utf-8")
    assert old in content
    (folder / "site.toml").write_text(content.replace(old, new), encoding="utf-8")
    return folder


@pytest.fixture
def words() -> list[Words]:
    """The demo's words."""
    return find_words(load_site(DEMO))


def test_there_are_words_in_every_language_of_the_demo(words: list[Words]) -> None:
    assert [said.language for said in words] == ["en", "es"]


def test_each_text_is_two_segments_at_most(words: list[Words]) -> None:
    for said in words:
        size = count_segments(said.text, toll_free=True)
        assert (size.encoding, size.count <= 2) == ("GSM-7", True)


def test_the_lines_of_the_site_are_in_each(words: list[Words]) -> None:
    facts = load_site(DEMO).facts
    for said in words:
        for whole in (said.text, said.page):
            assert facts["dv_line"] in whole
            assert facts["emergency"] in whole
            assert "{" not in whole


def test_no_word_tells_what_this_is(words: list[Words]) -> None:
    for said in words:
        assert not TELLING.search(" ".join([said.text, said.page, said.title]))
    assert not TELLING.search(render_page(words))


def test_it_reads_easily(words: list[Words]) -> None:
    english = re.sub(r"[\d-]{3,}", "one", words[0].text)
    assert textstat.automated_readability_index(english) <= 6


def test_it_is_marked_until_an_advocate_has_read_it() -> None:
    assert "not yet reviewed by a qualified advocate" in WORDS.read_text(encoding="utf-8")


def test_twilio_reads_one_message_in_each_language(words: list[Words]) -> None:
    response = ElementTree.fromstring(render_texts(words).encode())
    assert response.tag == "Response"
    assert [(message.tag, message.text) for message in response] == [
        ("Message", said.text) for said in words
    ]


def test_what_a_site_writes_cannot_break_either_file(tmp_path: Path) -> None:
    site = site_of(tmp_path, '"1-800-799-7233"', "'<b>&\"'")
    words = find_words(load_site(site))
    assert ElementTree.fromstring(render_texts(words).encode())[0].text == words[0].text
    assert "<b>" not in render_page(words)


def test_the_page_loads_nothing(words: list[Words]) -> None:
    tags = Tags()
    tags.feed(render_page(words))
    assert tags.names == {"html", "head", "meta", "title", "body", "p"}
    assert tags.languages == ["en", "en", "es"]


class Tags(HTMLParser):
    """The tags of a page, and the languages that they name."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.languages: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.names.add(tag)
        self.languages += [value for name, value in attrs if name == "lang"]


def test_a_site_that_would_make_it_too_long_is_told_so(tmp_path: Path) -> None:
    site = load_site(site_of(tmp_path, '"1-800-799-7233"', f'"{"1" * 150}"'))
    with pytest.raises(SiteError, match="longer than two texts"):
        find_words(site)


def test_a_site_without_a_line_is_told_which(tmp_path: Path) -> None:
    site = load_site(site_of(tmp_path, 'dv_line = "1-800-799-7233"\n', ""))
    with pytest.raises(SiteError, match="dv_line"):
        find_words(site)


def test_languages_without_words_are_left_out(tmp_path: Path) -> None:
    some = load_site(site_of(tmp_path, '["en", "es"]', '["es", "vi"]'))
    assert [said.language for said in find_words(some)] == ["es"]
    none = load_site(site_of(tmp_path, '["en", "es"]', '["vi"]'))
    assert [said.language for said in find_words(none)] == ["en"]


def test_the_command_writes_both_files(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    run = subprocess.run(
        [WAYMARK, "fallback", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.split() == [str(folder / f"fallback.{kind}") for kind in ("xml", "html")]
    assert ElementTree.parse(folder / "fallback.xml").getroot().tag == "Response"
