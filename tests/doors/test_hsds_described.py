"""What the interface answers is what its description says, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import BaseSchema, Case

from bot.settings import ROOT
from bot.store import embedded
from gateway.app import build_app
from gateway.house import build
from tests.databases import Databases, address
from tests.doors.shelf import open_shelf
from tests.worker.conftest import open_settings


@pytest.fixture(scope="module")
def described(
    cluster: embedded.Cluster, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BaseSchema]:
    """The demo site's directory, behind the gateway's own doors."""
    name = databases.take()
    house = open_settings(tmp_path_factory.mktemp("described"), address(cluster, name))
    with open_shelf(house) as shelf:
        shelf.take(ROOT / "sites" / "demo" / "directory")
        assert len(shelf.contents("/services")) > 10
    yield schemathesis.openapi.from_asgi("/hsds/openapi.json", build_app(build(house)))
    databases.give_back(name)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case: Case) -> None:
    """Codes, shapes, headers and types; what is wrong is refused, and what is right is taken."""
    case.call_and_validate()
