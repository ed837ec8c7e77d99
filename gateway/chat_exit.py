"""Quick exit: the way out works at once, whether the database answers or not."""

from __future__ import annotations

import asyncio

import structlog
from fastapi import Response
from sqlalchemy.exc import SQLAlchemyError

from bot.care.kinds import Kind
from bot.care.reading import parse_command
from bot.care.rulebook import ANY_LANGUAGE, find_rulebook
from bot.site import Site
from bot.watching import Watched
from gateway.chat_session import end_session
from gateway.chat_token import drop_cookie
from gateway.house import House

#: Seconds that a person who leaves may wait for us; the rest is done behind them.
LONGEST_WAIT = 0.4
#: Seconds between attempts to end a session while the database is away, and how many.
TRY_AGAIN, MOST_TRIES = 1.0, 60
#: What the browser holds of this site goes. Cookies are taken by name: the general word for
#: them would also sign the person out of everything else under the same domain.
#: https://www.w3.org/TR/clear-site-data/#header
CLEAR = '"cache", "storage"'

log = structlog.get_logger()


class WayOut:
    """Ends sessions, and knows the words that do."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._words = Watched(house.live_site, lambda: _find_exit_words(house.site))
        self._ending: set[asyncio.Task[None]] = set()

    def is_exit(self, untrusted_text: str) -> bool:
        """Whether the whole message is a word that ends everything."""
        return parse_command(untrusted_text) in self._words()

    async def end(self, *tokens: str | None) -> None:
        """End the sessions of ``tokens``. Returns soon in any case."""
        for token in {token for token in tokens if token}:
            task = asyncio.create_task(self._end(token))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)
            await asyncio.wait({task}, timeout=LONGEST_WAIT)

    async def _end(self, token: str) -> None:
        for _ in range(MOST_TRIES):
            try:
                return await end_session(self._house, token)
            except (SQLAlchemyError, OSError):
                await asyncio.sleep(TRY_AGAIN)
        log.error("exit.unsaved", channel="web")


def clear(response: Response) -> Response:
    """The same answer, which leaves nothing of ours in the browser."""
    response.headers["Clear-Site-Data"] = CLEAR
    drop_cookie(response)
    return response


def _find_exit_words(site: Site) -> frozenset[str]:
    books = [find_rulebook(name) for name in (ANY_LANGUAGE, *site.languages)]
    known = [word for book in books for word in book.exactly.get(Kind.EXIT, ())]
    return frozenset(parse_command(word) for word in (*known, *site.exit_words))
