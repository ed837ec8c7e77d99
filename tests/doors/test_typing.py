"""A page is told that a navigator writes: soon, not too often, and nothing of what."""

from __future__ import annotations

import asyncio
import itertools
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.covers import lock_cover, save_cover
from bot.store.handoffs import Call, save_handoff
from bot.store.people import find_person
from bot.store.sealed import open_person
from bot.vault.vault import PersonKey
from bot.wire.inbound import Inbound
from channels import web
from gateway.chat_session import end_session, save_message
from gateway.chat_stream import OVER, TYPING, TYPING_AGAIN, stream
from gateway.house import House, build
from tests.navigator import Navigator
from tests.worker.conftest import open_settings

TOKEN = "t" * 43
#: Seconds within which a page hears of what has just happened, on a busy machine too.
SOON = 8.0


@dataclass
class Page:
    """A page that listens, and a navigator who holds its talk."""

    house: House
    navigator: Navigator
    person_id: uuid.UUID
    key: PersonKey
    told: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    told_at: list[float] = field(default_factory=list)

    async def listen(self) -> None:
        """Take down everything that the page is told."""
        async for event in stream(self.house, TOKEN, self.person_id, 0, has_cookie=False):
            self.told.put_nowait(event)
            if event == TYPING:
                self.told_at.append(time.monotonic())

    async def sees_typed(self, words: str) -> None:
        """The navigator types."""
        await asyncio.to_thread(self.navigator.type, web.CHANNEL, TOKEN, words)

    async def hears(self, wanted: str, within: float = SOON) -> bool:
        """Whether the page is told so in time."""
        try:
            async with asyncio.timeout(within):
                while await self.told.get() != wanted:
                    pass
        except TimeoutError:
            return False
        return True


Story = Callable[[Page], Awaitable[None]]


@asynccontextmanager
async def open_talk(house: House, navigator: Navigator) -> AsyncIterator[Page]:
    """Somebody who wrote a moment ago and called, taken by the navigator."""
    person_id = await save_message(house, Inbound(web.CHANNEL, uuid.uuid4().hex, TOKEN, "hi"))
    async with house.sessions.begin() as session:
        person = await find_person(session, house.vault.pseudonym(web.CHANNEL, TOKEN))
        assert person is not None
        key = open_person(house.vault, person)
        await save_handoff(session, key, person_id, Call("human", "en"), datetime.now(UTC))
    assert await asyncio.to_thread(navigator.claim, web.CHANNEL, TOKEN)
    page = Page(house, navigator, person_id, key)
    tasks = [asyncio.create_task(house.news.listen()), asyncio.create_task(page.listen())]
    yield page
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def tell(tmp_path: Path, plain_database_url: str) -> Callable[[Story], None]:
    """What happens to a page of this test's own house."""
    settings = open_settings(tmp_path / "home", plain_database_url)
    navigator = Navigator(settings)

    async def act(story: Story) -> None:
        house = build(settings)
        try:
            async with open_talk(house, navigator) as page:
                await story(page)
        finally:
            await house.http.aclose()
            await house.database.dispose()

    return lambda story: asyncio.run(act(story))


def test_a_page_is_told_again_while_somebody_writes_but_not_at_every_letter(
    tell: Callable[[Story], None],
) -> None:
    async def story(page: Page) -> None:
        assert not await page.hears(TYPING, 1)
        await page.sees_typed("I")
        assert await page.hears(TYPING)
        while len(page.told_at) < 3:
            await page.sees_typed("I am")
            await asyncio.sleep(0.2)
        gaps = [later - sooner for sooner, later in itertools.pairwise(page.told_at)]
        assert min(gaps) >= TYPING_AGAIN
        assert max(gaps) < TYPING_AGAIN + SOON

    tell(story)


def test_an_emptied_box_is_no_writing(tell: Callable[[Story], None]) -> None:
    async def story(page: Page) -> None:
        await page.sees_typed(" ")
        assert not await page.hears(TYPING, 2)

    tell(story)


def test_a_cover_on_the_page_is_not_lifted(tell: Callable[[Story], None]) -> None:
    async def story(page: Page) -> None:
        async with page.house.sessions.begin() as session:
            await save_cover(session, page.key, page.person_id, "weather", "tangerine")
            await lock_cover(session, page.person_id)
        await page.sees_typed("I am")
        assert not await page.hears(TYPING, 2)

    tell(story)


def test_a_page_that_has_left_is_told_nothing_more(tell: Callable[[Story], None]) -> None:
    async def story(page: Page) -> None:
        await end_session(page.house, TOKEN)
        assert await page.hears(OVER)
        await page.sees_typed("I am")
        assert not await page.hears(TYPING, 2)

    tell(story)
