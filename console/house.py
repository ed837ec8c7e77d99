"""Everything the console needs, wired once per process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.directory.hidden_names import HiddenNames
from bot.flows.published import LiveContent, LiveWords
from bot.flows.site_in_use import LiveSite
from bot.settings import Settings
from bot.site import Site
from bot.store.database import Sessions, connect, sessions
from bot.vault.keyring import LiveKeyring
from bot.vault.vault import Vault
from console.desk_news import DeskNews
from console.library import Library
from console.pages import Pages
from console.permissions import Permissions, load_permissions


@dataclass(frozen=True)
class House:
    """The console's parts."""

    settings: Settings
    live_site: LiveSite
    vault: Vault
    database: AsyncEngine
    sessions: Sessions
    news: DeskNews
    permissions: Permissions
    pages: Pages
    content: LiveContent
    words: LiveWords
    library: Library
    hidden_names: HiddenNames

    @property
    def site(self) -> Site:
        """The site as its settings are now."""
        return self.live_site()

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    def say(self, name: str, language: str) -> str:
        """One of the site's fixed sentences for a survivor, such as ``returned``."""
        return self.words.render(f"utter_care_{name}", language, self.site.facts)


def build(settings: Settings) -> House:
    """The console's house. Raises what is wrong with the settings, the site or the keys."""
    content, permissions = LiveContent(settings.home), load_permissions()
    live_site = LiveSite(settings.site_path, content)
    database = connect(settings.database_url.reveal(), pool_size=10)
    return House(
        settings=settings,
        live_site=live_site,
        vault=Vault(LiveKeyring(settings.home)),
        database=database,
        sessions=sessions(database),
        news=DeskNews(settings.database_url),
        permissions=permissions,
        pages=Pages(live_site, permissions),
        content=content,
        words=LiveWords(content),
        library=Library(content),
        hidden_names=HiddenNames(),
    )
