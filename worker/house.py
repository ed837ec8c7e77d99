"""Everything a job needs, wired once per process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.care.screen import Screen
from bot.errors import SiteError
from bot.flows.published import LiveContent, LiveWords
from bot.settings import Settings
from bot.site import Site, load_site
from bot.store.database import Sessions, connect, sessions
from bot.vault.keyring import LiveKeyring
from bot.vault.vault import Vault
from worker.engine import Engine
from worker.sender import Sender
from worker.senders import build_senders

#: What fixed sentences say beside the site's facts; the house fills it in when it speaks.
FILLED_IN = {"ahead"}
#: Jobs that run side by side, and so the database connections they need.
CONCURRENCY = 8


@dataclass(frozen=True)
class House:
    """The worker's parts. ``now`` is the clock."""

    settings: Settings
    site: Site
    vault: Vault
    database: AsyncEngine
    sessions: Sessions
    screen: Screen
    content: LiveContent
    words: LiveWords
    engine: Engine
    senders: Mapping[str, Sender]
    now: Callable[[], datetime]

    def local_now(self) -> datetime:
        """The time at the site."""
        return self.now().astimezone(self.site.timezone)

    def say(self, name: str, language: str, **known: object) -> str:
        """One of the site's fixed sentences, such as ``exit`` or ``danger``."""
        facts = {**self.site.facts, **{name: str(value) for name, value in known.items()}}
        return self.words.render(f"utter_care_{name}", language, facts)


def _find_words(content: LiveContent, site: Site) -> LiveWords:
    """The fixed sentences; a site that lacks a fact for one of them cannot start."""
    words = LiveWords(content)
    if missing := words.now.fact_names() - set(site.facts) - FILLED_IN:
        raise SiteError(site.path, f"lacks the facts {', '.join(sorted(missing))}")
    return words


def build(settings: Settings) -> House:
    """The worker's house. Raises what is wrong with the settings, the site or the keys."""
    site, content = load_site(settings.site_path), LiveContent(settings.home)
    database = connect(settings.database_url.reveal(), pool_size=CONCURRENCY + 2)
    return House(
        settings=settings,
        site=site,
        vault=Vault(LiveKeyring(settings.home)),
        database=database,
        sessions=sessions(database),
        screen=Screen(site.languages, site.exit_words),
        content=content,
        words=_find_words(content, site),
        engine=Engine(settings),
        senders=build_senders(settings, site),
        now=lambda: datetime.now(UTC),
    )
