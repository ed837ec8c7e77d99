"""One application for all tests of a process: to make its hundred doors takes longer than most
tests do.
"""

from __future__ import annotations

from dataclasses import replace

from fastapi import FastAPI

from bot.settings import Settings
from console.app import begin_anew, build_app
from console.house import House, build


class StandingConsole:
    """The application stays; what it works with is made anew for each test."""

    def __init__(self) -> None:
        self._house: House | None = None

    def furnish(self, settings: Settings) -> FastAPI:
        """The application, as just started with these settings."""
        fresh = build(settings)
        if self._house is None:
            self._house, self._app = fresh, build_app(fresh)
            return self._app
        if (fresh.site, fresh.permissions) == (self._house.site, self._house.permissions):
            # They hold the templates, which are read once per process.
            fresh = replace(fresh, pages=self._house.pages)
        # Rooms keep the house that they were made with.
        vars(self._house).update(vars(fresh))
        begin_anew(self._app, self._house)
        return self._app
