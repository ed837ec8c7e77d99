"""What every test may use: a real PostgreSQL of its own, and the public data beside the project."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.store import embedded
from bot.store.database import driver_url
from bot.store.migrate import migrate
from tests.databases import Databases, address
from tests.fakes.telegram import TOKEN
from tests.fakes.telegram_server import TelegramServer, open_telegram
from tests.house import RunningHouse, open_house
from tests.phone import Phone

ROOT = Path(__file__).parent.parent


@pytest.hookimpl(tryfirst=True)  # before the one that reads the mark
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of the whole house share one, so they run in one process when there are several."""
    for item in items:
        if item.get_closest_marker("stack"):
            item.add_marker(pytest.mark.xdist_group("stack"))


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Cluster]:
    """An embedded PostgreSQL that lives as long as the tests."""
    cluster = embedded.find_cluster(tmp_path_factory.mktemp("home"))
    embedded.start(cluster)
    _trust_the_disk(cluster)
    yield cluster
    embedded.stop(cluster)
    shutil.rmtree(cluster.data.parent, ignore_errors=True)


def _trust_the_disk(cluster: embedded.Cluster) -> None:
    """Tests kill processes, never the machine: what a process wrote is there without a flush."""
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def migrated(cluster: embedded.Cluster) -> str:
    """The name of a database at the newest revision, to copy from."""
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
    migrate(address(cluster, "migrated"))
    return "migrated"


@pytest.fixture(scope="session")
def databases(cluster: embedded.Cluster, migrated: str) -> Databases:
    """Databases at the newest revision."""
    return Databases(cluster, migrated)


@pytest.fixture
def plain_database_url(cluster: embedded.Cluster, databases: Databases) -> Iterator[str]:
    """The address of an empty, migrated database of this test's own."""
    name = databases.take()
    yield address(cluster, name)
    databases.give_back(name)


@pytest.fixture
def database_url(plain_database_url: str) -> str:
    """The same address with the driver named, for SQLAlchemy."""
    return driver_url(plain_database_url)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public test data that lies beside the project."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the public test data is not beside the project")
    return folder


@pytest.fixture(scope="session")
def telegram() -> Iterator[TelegramServer]:
    """A Telegram for the whole house."""
    with open_telegram() as server:
        yield server


@pytest.fixture(scope="session")
def stack(
    cluster: embedded.Cluster,
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
    telegram: TelegramServer,
) -> Iterator[RunningHouse]:
    """The whole house, running: every part a process, with the demo site's directory."""
    doors = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_SECRET": "a-secret-of-the-webhook",
        "TELEGRAM_API_BASE": telegram.api_base,
    }
    home = tmp_path_factory.mktemp("stack")
    with open_house(home, address(cluster, databases.take()), doors) as house:
        yield house


@pytest.fixture
def own_house(
    plain_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningHouse]:
    """A house of this test's own, which it may break, and in which nobody else leaves anything."""
    with open_house(tmp_path_factory.mktemp("own"), plain_database_url, {}) as house:
        yield house


@pytest.fixture
def phone(stack: RunningHouse) -> Phone:
    """A phone that has never texted before."""
    return Phone(stack.settings)
