"""What every test may use: a real PostgreSQL of its own, and the public data beside the project."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.store import embedded
from bot.store.database import driver_url
from bot.store.migrate import migrate
from tests.fakes.telegram import TOKEN
from tests.fakes.telegram_server import TelegramServer, open_telegram
from tests.house import RunningHouse
from tests.phone import Phone

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Cluster]:
    """An embedded PostgreSQL that lives as long as the tests."""
    cluster = embedded.find_cluster(tmp_path_factory.mktemp("home"))
    embedded.start(cluster)
    yield cluster
    embedded.stop(cluster)
    shutil.rmtree(cluster.data.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated(cluster: embedded.Cluster) -> str:
    """The name of a database at the newest revision, to copy from."""
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
    migrate(address(cluster, "migrated"))
    return "migrated"


@pytest.fixture
def plain_database_url(cluster: embedded.Cluster, migrated: str) -> Iterator[str]:
    """The address of a fresh, migrated database of this test's own."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated}")
        yield address(cluster, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


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


def address(cluster: embedded.Cluster, database: str) -> str:
    """The address of another database of the cluster."""
    return cluster.url.replace(f"@/{embedded.ACCOUNT}?", f"@/{database}?")


@pytest.fixture(scope="session")
def telegram() -> Iterator[TelegramServer]:
    """A Telegram for the whole house."""
    with open_telegram() as server:
        yield server


@pytest.fixture(scope="session")
def stack(
    cluster: embedded.Cluster,
    migrated: str,
    tmp_path_factory: pytest.TempPathFactory,
    telegram: TelegramServer,
) -> Iterator[RunningHouse]:
    """The whole house, running: every part a process, with the demo site's directory."""
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE stack TEMPLATE {migrated}")
    doors = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_SECRET": "a-secret-of-the-webhook",
        "TELEGRAM_API_BASE": telegram.api_base,
    }
    house = RunningHouse(tmp_path_factory.mktemp("stack"), address(cluster, "stack"), doors)
    house.load_directory()
    try:
        house.start()
        house.wait_until_healthy()
        yield house
    finally:
        house.stop()


@pytest.fixture
def phone(stack: RunningHouse) -> Phone:
    """A phone that has never texted before."""
    return Phone(stack.settings)
