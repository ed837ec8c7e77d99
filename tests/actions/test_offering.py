"""When a person is offered: after so many misses, and with the services for some needs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action_misunderstood import ActionMisunderstood
from actions.action_show_services import ActionShowServices
from actions.house import house
from bot.flows.published import find_release, save_published
from bot.settings import ROOT
from bot.wire.meaning import UNSURE

Settle = Callable[[str], None]
PERSON = "A person can look at this with you, if you like. Text HUMAN."


@pytest.fixture
def settle(
    tmp_path: Path, plain_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settle]:
    """Publishes settings to the actions, which run on."""
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path))
    monkeypatch.setenv("WAYMARK_SITE", str(ROOT / "sites" / "demo"))
    monkeypatch.setenv("WAYMARK_DATABASE_URL", plain_database_url)
    house.cache_clear()

    def publish(overlay: str) -> None:
        root = find_release(tmp_path, f"a{len(overlay)}")
        root.mkdir(parents=True)
        (root / "site.toml").write_text(overlay, encoding="utf-8")
        save_published(tmp_path, root.name)

    yield publish
    house.cache_clear()


def do(action: Any, intent: str, **slots: object) -> list[str]:
    """What is said: names of sentences, and texts."""
    message = {"text": "x", "intent": {"name": intent, "confidence": 0.2}}
    tracker = Tracker("", {"language": "en", **slots}, message, [], False, None, {}, "")
    dispatcher = CollectingDispatcher()

    async def run() -> None:
        try:
            await action.run(dispatcher, tracker, {"responses": {}})
        finally:
            # `engine` of the connections belongs to the loop that is about to end.
            await house().sessions.kw["bind"].dispose()

    asyncio.run(run())
    return [
        said.get("response") or said["text"] for said in dispatcher.messages if not said["custom"]
    ]


def find_offer() -> int:
    """The miss in a row from which on a person is offered."""
    said = (do(ActionMisunderstood(), UNSURE, misses=misses) for misses in range(6))
    return 1 + [replies == ["utter_misunderstood_person"] for replies in said].index(True)


@pytest.mark.parametrize("after", [1, 2, 3, 5])
def test_a_person_is_offered_after_so_many_misses(settle: Settle, after: int) -> None:
    assert find_offer() == 3
    settle(f"[offer]\nafter_misunderstood = {after}\n")
    assert find_offer() == after


def test_other_misses_are_asked_about_first(settle: Settle) -> None:
    settle("[offer]\nafter_misunderstood = 5\n")
    said = [do(ActionMisunderstood(), UNSURE, misses=misses) for misses in range(4)]
    twice = ["utter_misunderstood_twice", "utter_ask_need"]
    assert said == [["utter_misunderstood_once"], twice, twice, twice]


def test_the_services_for_some_needs_come_with_a_person(settle: Settle) -> None:
    settle('[offer]\nfor_needs = ["legal"]\n')
    show = ActionShowServices()
    assert do(show, "need_legal", need="legal") == ["utter_no_services", PERSON]
    assert do(show, "need_food", need="food") == ["utter_no_services"]
    assert do(show, "more", need="legal") == ["utter_no_more_services"]
