"""A gateway on a real database, with a directory in it, for tests of what others may read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text
from starlette.testclient import TestClient

from bot.directory.areas import Areas
from bot.directory.entries import Author, save_entry
from bot.directory.importing import open_package, save_package
from bot.directory.places import load_places
from bot.settings import ROOT, Settings
from bot.store.embedded import Cluster
from gateway.app import build_app
from gateway.house import build
from tests.databases import Databases, address
from tests.papers import Desk
from tests.worker.conftest import open_settings

AREAS = Areas(load_places(ROOT / "sites" / "demo"), "OR")
NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)
NOBODY = Author(None, NOW)


@dataclass(frozen=True)
class Shelf:
    """What strangers ask, and the desk that fills the directory."""

    client: TestClient
    desk: Desk

    def get(self, path: str, **asked: Any) -> Any:
        """What is told below ``/hsds``."""
        answer = self.client.get(f"/hsds{path}", params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def contents(self, path: str, **asked: Any) -> list[dict[str, Any]]:
        """One page of a list."""
        found: list[dict[str, Any]] = self.get(path, **asked)["contents"]
        return found

    def ids(self, path: str, **asked: Any) -> list[str]:
        """The ids on one page."""
        return [one["id"] for one in self.contents(path, **asked)]

    def save(self, *documents: dict[str, Any]) -> None:
        """Each as its editor saves it."""
        for document in documents:
            self.desk.do(
                lambda session, one=document: save_entry(session, one, AREAS, NOBODY, seen=None)
            )

    def take(self, path: Path, at: datetime = NOW) -> None:
        """Import a package."""
        package = open_package(path, AREAS.places, AREAS.home_state)
        by = Author(None, at)
        self.desk.do(lambda session: save_package(session, package, by, file_name="a package"))

    def clear(self) -> None:
        """Nothing is in the directory."""
        names = "service, entry, entry_change, capacity, provider_link, provider_answer"
        self.desk.do(lambda session: session.execute(text(f"TRUNCATE {names} CASCADE")))


@contextmanager
def open_own_shelf(cluster: Cluster, databases: Databases, home: Path) -> Iterator[Shelf]:
    """One on a database of its own, to be filled anew again and again."""
    name = databases.take()
    with open_shelf(open_settings(home, address(cluster, name))) as shelf:
        yield shelf
    databases.give_back(name)


@contextmanager
def open_shelf(settings: Settings) -> Iterator[Shelf]:
    """The gateway, and no other part of the house."""
    app = build_app(build(settings))
    with TestClient(app, follow_redirects=False) as client:
        yield Shelf(client, Desk(settings))
