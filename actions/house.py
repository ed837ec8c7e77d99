"""Everything the actions need, wired on first use, once per process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from bot.directory.places import Place, Places, load_places
from bot.flows.published import LiveContent
from bot.flows.site_in_use import LiveSite
from bot.settings import load
from bot.site import Site
from bot.store.database import Sessions, connect, sessions


@dataclass(frozen=True)
class House:
    """The actions' parts."""

    live_site: LiveSite
    sessions: Sessions
    places: Places

    @property
    def site(self) -> Site:
        """The site as its settings are now."""
        return self.live_site()

    def find_places(self, untrusted_text: str) -> list[Place]:
        """Places named in a text; those of the site's own state come first."""
        return self.places.find(untrusted_text, self.site.home_state)

    def now(self) -> datetime:
        """The time at the site."""
        return datetime.now(UTC).astimezone(self.site.timezone)


@cache
def house() -> House:
    """The house of this process. Raises what is wrong with the settings or the site."""
    settings = load(os.environ)
    live_site = LiveSite(settings.site_path, LiveContent(settings.home))
    database = connect(settings.database_url.reveal(), pool_size=4)
    return House(live_site, sessions(database), load_places(settings.site_path))
