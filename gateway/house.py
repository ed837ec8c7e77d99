"""Everything the gateway needs, wired once per process."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.flows.published import LiveContent
from bot.flows.site_in_use import LiveSite
from bot.settings import Settings
from bot.site import Site
from bot.store.database import Sessions, connect, sessions
from bot.vault.keyring import LiveKeyring
from bot.vault.vault import Vault
from gateway.news import News


@dataclass(frozen=True)
class House:
    """The gateway's parts."""

    settings: Settings
    live_site: LiveSite
    vault: Vault
    database: AsyncEngine
    sessions: Sessions
    http: httpx.AsyncClient
    news: News

    @property
    def site(self) -> Site:
        """The site as its settings are now."""
        return self.live_site()


def build(settings: Settings) -> House:
    """The gateway's house. Raises what is wrong with the settings, the site or the keys."""
    database = connect(settings.database_url.reveal(), pool_size=10)
    return House(
        settings=settings,
        live_site=LiveSite(settings.site_path, LiveContent(settings.home)),
        vault=Vault(LiveKeyring(settings.home)),
        database=database,
        sessions=sessions(database),
        http=httpx.AsyncClient(timeout=2, trust_env=False),
        news=News(settings.database_url),
    )
