"""The content that is shipped passes, and every rule is explained."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.flows.errors import BadContent
from bot.flows.gate import RULES, check, load_content
from bot.journeys.errors import BadJourney
from bot.settings import ROOT
from bot.site import load_site

SITE = load_site(ROOT / "sites" / "demo")
PAGES = ROOT / "docs" / "gate"
BUTTONS = "responses: {utter_thanks: [{text: a, buttons: 5}]}"


def test_nothing_blocks_the_content_that_is_shipped() -> None:
    content = load_content(ROOT, SITE)
    assert check(content) == []
    assert len(content.topics) > 15 and len(content.journeys) > 10 and len(content.phrases) > 4
    assert len(content.domain.intents) > 90 and content.domain.forms
    assert content.promises.keys() == content.validated.keys() == {"en", "es"}


def test_nor_where_the_site_says_when_people_are_there() -> None:
    facts = {**SITE.facts, "people_hours": "People are here 9 am to 5 pm."}
    assert check(load_content(ROOT, replace(SITE, facts=facts))) == []


def test_every_rule_has_its_page_and_every_page_its_rule() -> None:
    pages = {path.stem: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    index = pages.pop("README")
    assert pages.keys() == RULES.keys()
    assert all(text.startswith(f"# {name}\n") for name, text in pages.items())
    assert all(f"({name}.md)" in index for name in RULES)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_named_after_what_it_finds(name: str) -> None:
    assert getattr(RULES[name], "__name__", "") == name


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The content in a folder of its own."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "domain.yml", tmp_path)
    return tmp_path


def test_a_mark_in_the_first_line_is_seen(copy: Path) -> None:
    path = copy / "data" / "journeys" / "ride.yml"
    words = path.read_text(encoding="utf-8").split("\n", 1)[1]
    path.write_text(f"# Review: Machine translation, of May\n{words}", encoding="utf-8")
    (finding,) = check(load_content(copy, SITE))
    assert (finding.rule, finding.name) == ("machine_translation", "data/journeys/ride.yml")


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("data/responses/talk.yml", "responses: [", BadContent),
        ("data/responses/talk.yml", BUTTONS, BadContent),
        ("data/phrases/handoff.yml", "just words", BadContent),
        ("data/gate/promises.yml", "\x00", BadContent),
        ("domain.yml", "intents: 5", BadContent),
        ("data/journeys/ride.yml", "sections: [", BadJourney),
        ("data/journeys/ride.yml", "sections: [{id: a, title: b, questions: []}]", BadJourney),
        ("data/journeys/ride.yml", "menu: words\nsections: []\n", BadJourney),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    copy: Path, name: str, text: str, error: Callable[..., Exception]
) -> None:
    (copy / name).write_text(text, encoding="utf-8")
    with pytest.raises(error, match="data" if text is BUTTONS else Path(name).stem):  # type: ignore[call-overload]
        load_content(copy, SITE)


def test_a_file_that_is_gone_is_named(copy: Path) -> None:
    (copy / "domain.yml").unlink()
    with pytest.raises(BadContent, match="domain"):
        load_content(copy, SITE)
