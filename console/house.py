"""Everything the console needs, wired once per process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.flows.published import LiveContent, LiveWords
from bot.settings import Settings
from bot.site import Site, load_site
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
    site: Site
    vault: Vault
    database: AsyncEngine
    sessions: Sessions
    news: DeskNews
    permissions: Permissions
    pages: Pages
    content: LiveContent
    words: LiveWords
    library: Library

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    def say(self, name: str, language: str) -> str:
        """One of the site's fixed sentences for a survivor, such as ``returned``."""
        return self.words.render(f"utter_care_{name}", language, self.site.facts)


def build(settings: Settings) -> House:
    """The console's house. Raises what is wrong with the settings, the site or the keys."""
    site, permissions = load_site(settings.site_path), load_permissions()
    database = connect(settings.database_url.reveal(), pool_size=10)
    content = LiveContent(settings.home)
    return House(
        settings=settings,
        site=site,
        vault=Vault(LiveKeyring(settings.home)),
        database=database,
        sessions=sessions(database),
        news=DeskNews(settings.database_url),
        permissions=permissions,
        pages=Pages(site, permissions),
        content=content,
        words=LiveWords(content),
        library=Library(content),
    )
