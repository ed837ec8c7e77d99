"""The application that all tests share keeps nothing of a test."""

from __future__ import annotations

from typing import Any

from bot.settings import Settings
from console.app import build_app
from console.house import House, build
from tests.console.conftest import Office

#: What rooms may take out of the house when they are made; it is the same in each test.
SAME = {"site", "live_site", "settings", "settings.console_url", "settings.site_path"}


def test_rooms_take_nothing_at_their_making_that_the_next_test_changes(office: Office) -> None:
    taken = set[str]()

    class NotedSettings(Settings):
        def __getattribute__(self, name: str) -> Any:
            taken.add(f"settings.{name}")
            return super().__getattribute__(name)

    class NotedHouse(House):
        def __getattribute__(self, name: str) -> Any:
            taken.add(name)
            return super().__getattribute__(name)

    house = build(office.settings)
    settings = NotedSettings(**vars(house.settings))
    noted = NotedHouse(**{**vars(house), "settings": settings})
    taken.clear()
    build_app(noted)
    assert taken <= SAME
