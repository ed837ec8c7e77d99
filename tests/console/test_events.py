"""News for open pages, from a console that listens: in time, without content, and not a day longer
than somebody is signed in.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import httpx
import uvicorn
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Ending
from bot.store.claims import claim_handoff, transfer_handoff
from bot.store.closed_handoffs import close_handoff
from bot.store.database import Sessions, connect, sessions
from bot.store.handoffs import find_handoff
from bot.store.said import Speaker, save_said
from bot.store.staff import disable_staff
from bot.store.tables import HandoffRow, StaffRow, StaffSessionRow
from console.members import COOKIE
from tests.console.conftest import Browser, Office
from tests.console.people import Person, hold, meet

Result = TypeVar("Result")
#: Seconds. Nothing here takes so long, however busy the machine is.
PATIENCE = 20


class Live:
    """A console that serves, and the database behind it."""

    def __init__(self, url: str, act: Sessions) -> None:
        self.url, self._sessions = url, act

    async def do(self, act: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
        """Do something to the database, in a transaction."""
        async with self._sessions.begin() as session:
            return await act(session)

    async def say(self, person: Person, words: str = "are you there") -> None:
        """The person writes."""
        speaker, now = Speaker("person"), datetime.now(UTC)
        await self.do(lambda s: save_said(s, person.key, person.id, speaker, words, now))

    async def get(self, browser: Browser, path: str, **headers: str) -> str:
        """A page as this browser gets it."""
        async with self._client(browser) as client:
            return (await client.get(path, headers=headers)).text

    @asynccontextmanager
    async def watch(self, browser: Browser, path: str) -> AsyncIterator[Watch]:
        """An open page of this browser, which hears the news."""
        async with self._client(browser) as client, client.stream("GET", path) as answer:
            assert answer.headers["Content-Type"].startswith("text/event-stream")
            assert answer.headers["Cache-Control"] == "no-store"
            yield Watch(answer.aiter_lines())

    def _client(self, browser: Browser) -> httpx.AsyncClient:
        cookies = {COOKIE: browser.cookies[COOKIE]}
        headers = {"Accept": "text/event-stream"}
        return httpx.AsyncClient(
            base_url=self.url, cookies=cookies, headers=headers, timeout=PATIENCE, trust_env=False
        )


class Watch:
    """What an open page hears."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self) -> tuple[str, str]:
        """The next event and its data; only that somebody is still there is passed over."""
        name = ""
        async with asyncio.timeout(PATIENCE):
            async for line in self._lines:
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: ") or line == "data:":
                    return name, line[5:].strip()
        return "closed", ""

    async def figures(self) -> dict[str, int]:
        """The figures of the next news of the line."""
        name, data = await self.next()
        assert name == "queue"
        figures: dict[str, int] = json.loads(data)
        figures.pop("mark")
        return figures


def tell(office: Office, story: Callable[[Live], Awaitable[None]]) -> None:
    """One story, with a console that serves on a port of its own."""

    async def run() -> None:
        office.restart()
        listening = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(office.app, log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listening]))
        database = connect(office.settings.database_url.reveal())
        try:
            port = listening.getsockname()[1]
            await story(Live(f"http://127.0.0.1:{port}", sessions(database)))
        finally:
            server.should_exit = True
            await serving
            await database.dispose()

    asyncio.run(run())


def test_the_line_says_at_once_how_it_stands_and_then_each_change(office: Office) -> None:
    nora, person = office.sign_in("navigator"), meet(office)

    async def story(live: Live) -> None:
        async with live.watch(nora, "/events") as page:
            none = {"danger": 0, "held": 0, "unanswered": 0}
            assert await page.figures() == {"waiting": 1, **none}
            await live.do(lambda s: claim_handoff(s, person.id, nora.staff_id, datetime.now(UTC)))
            mine = {"waiting": 0, "danger": 0, "held": 1, "unanswered": 1}
            assert await page.figures() == mine
            await live.say(person, "first")
            assert await page.figures() == mine
            await live.say(person, "second")
            assert await page.figures() == mine
            await live.do(lambda s: close_handoff(s, person.id, Ending.EXIT, datetime.now(UTC)))
            assert await page.figures() == {"waiting": 0, **none}

    tell(office, story)


def test_a_page_that_shows_how_it_stands_hears_only_what_comes_after(office: Office) -> None:
    nora, vera = office.sign_in("navigator"), office.sign_in("navigator", "Vera")
    others, person = meet(office), meet(office)
    hold(office, vera, others)

    async def story(live: Live) -> None:
        path = _find_events(await live.get(nora, "/"))
        async with live.watch(nora, path) as page:
            await live.say(others)  # what others hold changes nothing on this page
            await live.do(lambda s: close_handoff(s, person.id, Ending.EXIT, datetime.now(UTC)))
            assert (await page.figures())["waiting"] == 0

    tell(office, story)


def test_a_conversation_hears_of_itself_and_of_no_other(office: Office) -> None:
    nora, ana, bea = office.sign_in("navigator"), meet(office), meet(office)
    hold(office, nora, ana)
    hold(office, nora, bea)

    async def story(live: Live) -> None:
        async with live.watch(nora, f"/events?person={ana.id}") as page:
            assert await page.next() == ("person", "")  # the page may have been made too early
            await live.say(ana)
            assert await page.next() == ("person", "")
            await live.say(bea)
            await live.do(lambda s: close_handoff(s, ana.id, Ending.EXIT, datetime.now(UTC)))
            assert await page.next() == ("over", "")
            assert await page.next() == ("closed", "")

    tell(office, story)


def test_it_is_over_for_whoever_may_not_see_it_any_more(office: Office) -> None:
    nora, vera = office.sign_in("navigator"), office.sign_in("navigator", "Vera")
    boss, person = office.sign_in("supervisor"), meet(office)
    hold(office, nora, person)

    async def story(live: Live) -> None:
        path = f"/events?person={person.id}"
        async with live.watch(nora, path) as hers, live.watch(boss, path) as bosses:
            for page in (hers, bosses):
                while await page.next() != ("person", ""):
                    pass
            await live.do(lambda s: _pass_on(s, person, vera.staff_id))
            for page in (hers, bosses):
                while (heard := await page.next())[0] == "looking":
                    pass
                assert heard == ("over", "")

    tell(office, story)


def test_for_whoever_may_not_see_it_there_is_nothing_to_hear(office: Office) -> None:
    nora, vera = office.sign_in("navigator"), office.sign_in("navigator", "Vera")
    held, meant = meet(office), meet(office)
    hold(office, nora, held)
    office.do(lambda s: _pass_on(s, meant, nora.staff_id))

    async def story(live: Live) -> None:
        for person_id in (held.id, meant.id, uuid.uuid4()):
            async with live.watch(vera, f"/events?person={person_id}") as page:
                assert await page.next() == ("over", "")
                assert await page.next() == ("closed", "")

    tell(office, story)


def test_the_note_is_over_when_somebody_else_takes_the_person(office: Office) -> None:
    nora, vera = office.sign_in("navigator"), office.sign_in("navigator", "Vera")
    person = meet(office, reason="danger")

    async def story(live: Live) -> None:
        async with live.watch(vera, f"/events?person={person.id}") as page:
            assert await page.next() == ("person", "")
            await live.do(lambda s: claim_handoff(s, person.id, nora.staff_id, datetime.now(UTC)))
            assert await page.next() == ("over", "")

    tell(office, story)


def test_who_else_looks_is_shown_on_the_line_and_beside_the_note(office: Office) -> None:
    nora, vera = office.sign_in("navigator"), office.sign_in("navigator", "<b>Vera</b>")
    ida, person = office.sign_in("navigator", "Ida"), meet(office, reason="danger")

    async def story(live: Live) -> None:
        way = f"/events?person={person.id}"
        async with live.watch(ida, _find_events(await live.get(ida, "/"))) as line:
            async with live.watch(nora, way) as hers:
                assert await hers.next() == ("person", "")
                assert (await line.figures())["waiting"] == 1
                assert "Nora is looking" in await live.get(ida, "/queue-part")
                async with live.watch(vera, way) as other:
                    assert await other.next() == ("looking", '["Nora"]')
                    assert await hers.next() == ("looking", '["<b>Vera</b>"]')
                    beside = await live.get(nora, f"{person.way}/opening")
                    assert "&lt;b&gt;Vera&lt;/b&gt; is looking too" in beside
                    on_line = await live.get(ida, "/queue-part")
                    assert "&lt;b&gt;Vera&lt;/b&gt;, Nora are looking" in on_line
                assert await hers.next() == ("looking", "[]")
                assert "is looking" not in await live.get(nora, f"{person.way}/opening")
            while "looking" in await live.get(ida, "/queue-part"):
                await line.figures()

    tell(office, story)


def test_a_supervisor_who_looks_is_seen_by_whoever_holds_it(office: Office) -> None:
    nora, boss = office.sign_in("navigator"), office.sign_in("supervisor", "Bea")
    person = meet(office)
    hold(office, nora, person)

    async def story(live: Live) -> None:
        way = f"/events?person={person.id}"
        async with live.watch(nora, way) as hers:
            assert await hers.next() == ("person", "")
            async with live.watch(boss, way):
                assert await hers.next() == ("looking", '["Bea"]')
            assert await hers.next() == ("looking", "[]")
            await live.say(person)
            assert await hers.next() == ("person", "")  # who looks is no news of the person

    tell(office, story)


def test_the_page_hears_that_nobody_is_signed_in_any_more(office: Office) -> None:
    nora, vera = office.sign_in("navigator"), office.sign_in("navigator", "Vera")
    person = meet(office)
    hold(office, nora, person)

    async def story(live: Live) -> None:
        path = f"/events?person={person.id}"
        async with live.watch(nora, path) as talk, live.watch(vera, "/events") as line:
            assert await talk.next() == ("person", "")
            await line.figures()
            for browser in (nora, vera):
                await live.do(lambda s, id=browser.staff_id: _close_account(s, id))
            await live.say(person)
            assert await talk.next() == ("out", "")
            assert await line.next() == ("out", "")

    tell(office, story)


def test_a_page_that_only_listens_keeps_no_session_alive(office: Office) -> None:
    nora, person = office.sign_in("navigator"), meet(office)
    hold(office, nora, person)
    before = datetime.now(UTC) - timedelta(minutes=20)

    async def story(live: Live) -> None:
        await live.do(lambda s: s.execute(update(StaffSessionRow).values(seen_at=before)))
        async with live.watch(nora, f"/events?person={person.id}") as page:
            assert await page.next() == ("person", "")
            await live.say(person)
            assert await page.next() == ("person", "")
        await live.get(nora, f"{person.way}/lines", Accept="text/html", **{"X-Live": "1"})
        assert await live.do(lambda s: s.scalar(select(StaffSessionRow.seen_at))) == before
        await live.get(nora, person.way, Accept="text/html")
        assert await live.do(lambda s: s.scalar(select(StaffSessionRow.seen_at))) > before

    tell(office, story)


def test_what_happened_while_the_database_was_not_heard_is_heard_afterwards(
    office: Office,
) -> None:
    nora, person = office.sign_in("navigator"), meet(office)
    hold(office, nora, person)

    async def story(live: Live) -> None:
        async with live.watch(nora, f"/events?person={person.id}") as page:
            assert await page.next() == ("person", "")
            await live.do(_cut_listeners)
            mine = update(HandoffRow).where(HandoffRow.person_id == person.id)
            await live.do(lambda s: s.execute(mine.values(joined_by=nora.staff_id)))  # no news
            assert await page.next() == ("person", "")

    tell(office, story)


def _find_events(page: str) -> str:
    found = re.search(r'data-events="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


async def _pass_on(session: AsyncSession, person: Person, staff_id: uuid.UUID) -> None:
    row = await find_handoff(session, person.id)
    assert row is not None
    await transfer_handoff(session, person.key, row, "Nora: she asked for her", to_staff=staff_id)


async def _close_account(session: AsyncSession, staff_id: uuid.UUID) -> None:
    await disable_staff(session, await session.get_one(StaffRow, staff_id), datetime.now(UTC))


async def _cut_listeners(session: AsyncSession) -> None:
    """As when the database restarts: whoever listens has to connect again."""
    cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    own = " AND datname = current_database()"
    assert (await session.execute(text(cut + own))).scalar_one() == 1
