"""What the content gate leaves open: plain by another measure, and marked until reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import textstat
import yaml

from bot.flows.gate.sending import MOST_SEGMENTS
from bot.settings import ROOT
from bot.site import load_site
from bot.wire.segments import count_segments
from bot.wire.turns import Option, Reply
from channels.twilio import render

RESPONSES = sorted((ROOT / "data" / "responses").glob("*.yml"))
REVIEWED = sorted(
    [*RESPONSES, *(one for part in ("phrases", "gate") for one in ROOT.glob(f"data/{part}/*.yml"))]
)
FACTS = {
    **load_site(ROOT / "sites" / "demo").facts,
    "people_hours": "People are here 9 to 5.",
    "contact": "555-0100",  # a mail address is no prose
    # What the house knows of a booking or a link.
    "when": "Tue 1 Dec 3 pm",
    "visits": "Tue 1 Dec 3 pm, Alder Legal Aid.",
    "address": "555-0100",
    # What it knows of the team's desk.
    "ahead": "12",
    "wait": "It took others about 15 minutes.",
    "opens": "They are back Tue 1 Dec 9 am.",
}
GRADE = 6
#: A digit group is one word to a reader; letter counts would take it for a long one.
_NUMBERS = re.compile(r"[\d-]{3,}|\b[A-Z]{3,}\b")


def _sentences() -> Iterator[tuple[str, str, str | None, Reply]]:
    """Name, language, channel and the filled-in reply of every response."""
    for file in RESPONSES:
        for name, variants in yaml.safe_load(file.read_text(encoding="utf-8"))["responses"].items():
            for variant in variants:
                yield name, _language(variant), variant.get("channel"), _reply(variant)


def _language(variant: dict[str, Any]) -> str:
    return str(variant["condition"][0]["value"]) if "condition" in variant else "en"


def _reply(variant: dict[str, Any]) -> Reply:
    options = tuple(Option(b["title"], b["payload"]) for b in variant.get("buttons", ()))
    return Reply(" ".join(variant["text"].format(**FACTS).split()), options)


SENTENCES = list(_sentences())


@pytest.mark.parametrize("file", REVIEWED, ids=lambda file: file.name)
def test_file_says_whether_it_was_reviewed(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("# Review: ")


def test_what_is_written_for_another_channel_is_as_short_as_a_text() -> None:
    sizes = {
        f"{language} {name} {channel}": count_segments(render(reply)).count
        for name, language, channel, reply in SENTENCES
        if channel
    }
    assert sizes
    assert {name: size for name, size in sizes.items() if size > MOST_SEGMENTS} == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, reply.text) for name, language, _, reply in SENTENCES if language == "en"],
)
def test_english_reads_at_sixth_grade_or_below(name: str, text: str) -> None:
    assert textstat.automated_readability_index(_NUMBERS.sub("one", text)) <= GRADE


def test_meanings_that_are_offered_have_a_title_in_both_languages() -> None:
    file = ROOT / "data" / "phrases" / "meanings.yml"
    titles = yaml.safe_load(file.read_text(encoding="utf-8"))
    intents = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"]
    assert set(titles["en"]) == set(titles["es"]) <= set(intents)
    assert not any(intent.startswith("danger_") for intent in titles["en"])
    for spoken in titles.values():
        assert len({title.casefold() for title in spoken.values()}) == len(spoken)
