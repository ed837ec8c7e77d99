"""The recipe for a new channel works as it stands: its code keeps the contract."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import ROOT
from bot.wire.inbound import Inbound
from channels.errors import NotAMessage
from tests.channels import contract
from tests.channels.doors import Door
from tests.channels.recorded import TOKEN

RECIPE = (ROOT / "docs" / "new-channel.md").read_text(encoding="utf-8")


def _code(title: str) -> str:
    found = re.search(rf"```python\n(# {re.escape(title)}\n.*?)```", RECIPE, re.DOTALL)
    assert found, title
    return found[1]


@pytest.fixture(scope="module")
def pager() -> Iterator[ModuleType]:
    """The adapter, as step 1 writes it."""
    module = ModuleType("channels.pager")
    sys.modules[module.__name__] = module
    exec(compile(_code("channels/pager.py"), "docs/new-channel.md", "exec"), module.__dict__)
    yield module
    del sys.modules[module.__name__]


@pytest.fixture(scope="module")
def door(pager: ModuleType) -> Door:
    """The door, as step 2 writes it."""
    names = {"pager": pager, "Door": Door, "Inbound": Inbound, "TOKEN": TOKEN, "json": json}
    exec(compile(_code("tests/channels/doors.py"), "docs/new-channel.md", "exec"), names)
    made = names["PAGER"]
    assert isinstance(made, Door)
    return made


def test_the_channel_of_the_recipe_keeps_the_contract(door: Door) -> None:
    contract.check_text(door, "hola, ¿hay alguien? 😟")
    contract.check_ids(door)
    contract.check_secrets(door)
    contract.check_options(door)
    contract.check_refusals(door)
    for text in ("ok", "x" * 9000):
        contract.check_length(door, text)


@given(body=st.binary(max_size=200))
def test_what_is_no_message_is_refused_calmly(pager: ModuleType, body: bytes) -> None:
    with pytest.raises(NotAMessage):
        pager.parse(body)


def test_every_file_that_the_recipe_names_is_where_it_says() -> None:
    named = set(re.findall(r"`((?:tests|gateway|worker|bot)/[\w/]+\.py)`", RECIPE))
    missing = {name for name in named if "pager" not in name and not (ROOT / name).is_file()}
    assert named
    assert not missing
