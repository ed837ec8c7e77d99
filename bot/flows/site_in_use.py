"""The site's settings as they are in use: what the site pack says, and what a release changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import structlog

from bot.errors import SiteError
from bot.flows.published import LiveContent, find_published
from bot.site import Site, load_site
from bot.watching import Watched

log = structlog.get_logger()


def find_site(path: Path, home: Path) -> Site:
    """The site of the pack in folder ``path`` as it is in use. Raises :class:`SiteError`."""
    return load_site(path, find_published(home))


class LiveSite:
    """The site for a part that runs while others publish.

    A site that cannot be used, or lacks a fact that it had, stops no talk: the last good one
    stays. What no release can change stays as it was at the start. Raises :class:`SiteError`
    when it is made.
    """

    def __init__(self, path: Path, content: LiveContent) -> None:
        self._path, self._content = path, content
        self._good = self._first = load_site(path, content())
        self._site = Watched(content, self._read)

    def __call__(self) -> Site:
        """The site, read again after each publishing."""
        return self._site()

    def _read(self) -> Site:
        try:
            self._good = self._keep_fixed(load_site(self._path, self._content()))
        except (SiteError, OSError) as error:
            log.error("site.unreadable", error=type(error).__name__)
        return self._good

    def _keep_fixed(self, site: Site) -> Site:
        """What other parts were built with at the start, and no release can change."""
        if missing := self._first.facts.keys() - site.facts.keys():
            raise SiteError(self._path, f"lacks the facts {', '.join(sorted(missing))}")
        first = self._first
        return replace(
            site,
            demo=first.demo,
            languages=first.languages,
            timezone=first.timezone,
            home_state=first.home_state,
            channels=first.channels,
            web=first.web,
            directory=first.directory,
        )
