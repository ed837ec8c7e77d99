"""The console as a real application on a real database, and browsers that are signed in."""

from __future__ import annotations

import asyncio
import functools
import shutil
import uuid
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from starlette.testclient import TestClient

from bot.settings import load
from bot.store.database import connect, sessions
from bot.store.staff import Place, save_staff
from bot.store.staff_sessions import start_session
from bot.vault.keyring import open_keyring
from bot.vault.vault import Vault
from console.app import build_app
from console.house import build
from console.members import COOKIE, make_csrf
from console.sign_in import passwords
from tests.console.standing import StandingConsole

Result = TypeVar("Result")
SITE = Path(__file__).parents[2] / "sites" / "demo"


@functools.cache
def _open_database(url: str) -> AsyncEngine:
    """One for all tests with this database: each statement is put into words once."""
    return connect(url)


class Browser(TestClient):
    """A browser of one member: sends the session, and with every form its token."""

    staff_id: uuid.UUID
    csrf: str

    def submit(self, path: str, **fields: object) -> object:
        """Send a form of ours."""
        return self.post(path, data={"csrf": self.csrf, **fields}, follow_redirects=False)


class Office:
    """The console and its database."""

    def __init__(
        self, home: Path, database_url: str, standing: StandingConsole | None = None, **more: str
    ) -> None:
        environment = {
            "WAYMARK_HOME": str(home),
            "WAYMARK_SITE": str(SITE),
            "WAYMARK_DATABASE_URL": database_url,
            **more,
        }
        self.settings = load(environment)
        open_keyring(home)
        self.vault = Vault(lambda: open_keyring(home))
        if standing:
            self.app = standing.furnish(self.settings)
        else:
            self.restart()

    def restart(self) -> None:
        """The same console, as after its process was started again."""
        self.app = build_app(build(self.settings))

    def do(self, act: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
        """Do something to the database, in a transaction."""

        async def run() -> Result:
            async with sessions(self._database).begin() as session:
                return await act(session)

        return asyncio.run(run())

    def leave_database(self) -> None:
        """Keep no connection to what another test gets."""
        asyncio.run(self._database.dispose())

    @property
    def _database(self) -> AsyncEngine:
        return _open_database(self.settings.database_url.reveal())

    def at_once(
        self, browser: Browser, path: str, form: Mapping[str, str], count: int
    ) -> list[str]:
        """The pages that ``count`` equal forms of one browser get, all sent together."""

        async def send() -> list[str]:
            self.restart()
            transport = httpx.ASGITransport(self.app)
            cookies, address = dict(browser.cookies), self.settings.console_url
            async with httpx.AsyncClient(
                transport=transport, base_url=address, cookies=cookies
            ) as client:
                sent = (client.post(path, data=dict(form)) for _ in range(count))
                return [answer.text for answer in await asyncio.gather(*sent)]

        return asyncio.run(send())

    def visitor(self) -> Browser:
        """A browser that is not signed in."""
        return Browser(self.app, base_url=self.settings.console_url)

    def sign_in(
        self, role: str, name: str = "Nora", *, agency: str = "",
        languages: tuple[str, ...] = ("en", "es"), proven: bool = True,
    ) -> Browser:  # fmt: skip
        """A browser of a new member with ``role``."""

        async def join(session: AsyncSession) -> tuple[uuid.UUID, str]:
            email = f"{uuid.uuid4()}@staff.example"
            staff = await save_staff(session, email, name, "", Place(role, agency, "", languages))
            return staff.id, await start_session(
                session, staff.id, datetime.now(UTC), proven=proven
            )

        staff_id, token = self.do(join)
        browser = self.visitor()
        browser.cookies.set(COOKIE, token)
        browser.staff_id, browser.csrf = staff_id, make_csrf(token)
        return browser


@pytest.fixture(scope="session")
def standing() -> StandingConsole:
    """The console's application, which no test has to itself."""
    return StandingConsole()


@pytest.fixture(scope="session")
def office_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is empty before each test."""
    return tmp_path_factory.mktemp("office") / "home"


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed with the least work. The work itself has a test without an office."""
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    monkeypatch.setattr(passwords, "_NOBODYS", hasher.hash("nobody has this password"))


@pytest.fixture
def office(
    office_home: Path,
    plain_database_url: str,
    standing: StandingConsole,
    quick_passwords: None,
) -> Iterator[Office]:
    """The console, with a database and a home of this test's own."""
    office = Office(office_home, plain_database_url, standing)
    yield office
    office.leave_database()
    shutil.rmtree(office_home)
