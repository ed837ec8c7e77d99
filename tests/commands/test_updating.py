"""The operator is told what an update of the code met."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.updating import take_up_update
from bot.flows.places import Place
from bot.flows.published import read_published
from bot.settings import Settings, load
from tests.older_content import PACK, make_older, publish

RETURNED = Place("saying", ("utter_care_returned", "en", ""))
OLD = {RETURNED: {"text": "You are back.", "options": []}}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load({"WAYMARK_HOME": str(tmp_path), "WAYMARK_SITE": str(PACK)})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Good to hear you again.", ["brought up to date", "both changed something: 1"]),
        ("You are safe here, always.", ["do not go together", "utter_care_returned", "Read on"]),
    ],
)
def test_what_was_met_is_told_once_it_is_met(
    settings: Settings, text: str, told: list[str]
) -> None:
    older = make_older(settings.home, OLD)
    publish(settings.home, older, "a1", {RETURNED: {"text": text, "options": []}})
    lines = take_up_update(settings)
    assert len(lines) == len(told)
    assert all(part in line for part, line in zip(told, lines, strict=True))
    is_taken_up = read_published(settings.home) != "a1"
    assert is_taken_up == ("brought" in lines[0]) == (take_up_update(settings) == [])


def test_content_that_cannot_be_read_is_named(settings: Settings) -> None:
    root = publish(settings.home, make_older(settings.home, OLD), "a1", {})
    (root / "changes.json").write_text("{", encoding="utf-8")
    (line,) = take_up_update(settings)
    assert "changes.json" in line and read_published(settings.home) == "a1"
