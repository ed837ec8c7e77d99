"""A Wednesday morning in Oregon, and the towns that the demo site knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.directory.places import Places, load_places
from bot.entities.entity import Entity, Kind
from bot.entities.finding import find_entities
from bot.settings import ROOT

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))

Find = Callable[[str, Kind], list[Entity]]


@pytest.fixture(scope="session")
def places() -> Places:
    return load_places(ROOT / "sites" / "demo")


@pytest.fixture(scope="session")
def find(places: Places) -> Find:
    def entities(text: str, kind: Kind) -> list[Entity]:
        found = find_entities(text, now=NOW, places=places, home_state="OR")
        return [entity for entity in found if entity.kind == kind]

    return entities
