"""Places of the country and of the site, read once: an entry is derived with them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.directory.areas import Areas
from bot.directory.places import load_places
from console.house import House


def open_areas(house: House) -> Areas:
    """The areas of this house."""
    return _load(house.settings.site_path, house.site.home_state)


@cache
def _load(site_path: Path, home_state: str | None) -> Areas:
    return Areas(load_places(site_path), home_state)
