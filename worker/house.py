"""Everything a job needs, wired once per process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.care.screen import Screen
from bot.directory.places import Places, load_places
from bot.errors import SiteError
from bot.flows.published import LiveContent, LiveWords
from bot.flows.site_in_use import LiveSite
from bot.flows.vocabulary import LiveVocabulary
from bot.settings import Settings
from bot.site import Site
from bot.store.database import Sessions, connect, sessions
from bot.vault.keyring import LiveKeyring
from bot.vault.vault import Vault
from bot.watching import Watched
from bot.wire.fitting import pack
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
    live_site: LiveSite
    vault: Vault
    database: AsyncEngine
    sessions: Sessions
    live_screen: Watched[Screen]
    content: LiveContent
    words: LiveWords
    vocabulary: LiveVocabulary
    places: Places
    engine: Engine
    senders: Mapping[str, Sender]
    now: Callable[[], datetime]

    @property
    def site(self) -> Site:
        """The site as its settings are now."""
        return self.live_site()

    @property
    def screen(self) -> Screen:
        """The safety rules, with the words that the site adds now."""
        return self.live_screen()

    def local_now(self) -> datetime:
        """The time at the site."""
        return self.now().astimezone(self.site.timezone)

    def say(self, name: str, language: str, **known: object) -> str:
        """One of the site's fixed sentences, such as ``exit`` or ``danger``."""
        facts = {**self.site.facts, **{name: str(value) for name, value in known.items()}}
        return self.words.render(f"utter_care_{name}", language, facts)

    def say_in_each(self, name: str) -> list[str]:
        """The sentence in each of the site's languages, in one text where they fit into one."""
        return list(pack(dict.fromkeys(self.say(name, one) for one in self.site.languages)))


def _find_words(content: LiveContent, site: Site) -> LiveWords:
    """The fixed sentences; a site that lacks a fact for one of them cannot start."""
    words = LiveWords(content)
    if missing := words.now.fact_names() - set(site.facts) - FILLED_IN:
        raise SiteError(site.path, f"lacks the facts {', '.join(sorted(missing))}")
    return words


def _build_screen(site: Site) -> Screen:
    return Screen(site.languages, site.exit_words, site.danger_words)


def build(settings: Settings) -> House:
    """The worker's house. Raises what is wrong with the settings, the site or the keys."""
    content = LiveContent(settings.home)
    live_site = LiveSite(settings.site_path, content)
    site, live_screen = live_site(), Watched(live_site, lambda: _build_screen(live_site()))
    live_screen()  # so that what is wrong with it is told at the start
    database = connect(settings.database_url.reveal(), pool_size=CONCURRENCY + 2)
    return House(
        settings=settings,
        live_site=live_site,
        vault=Vault(LiveKeyring(settings.home)),
        database=database,
        sessions=sessions(database),
        live_screen=live_screen,
        content=content,
        words=_find_words(content, site),
        vocabulary=LiveVocabulary(content),
        places=load_places(site.path),
        engine=Engine(settings),
        senders=build_senders(settings, site),
        now=lambda: datetime.now(UTC),
    )
