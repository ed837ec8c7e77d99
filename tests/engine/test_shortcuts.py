"""A shortcut gives what the long way gives."""

from __future__ import annotations

import pytest

from bot.flows.train import find_model
from bot.settings import ROOT
from tests.engine.inside import run_inside


@pytest.mark.stack
def test_both_ways_lead_to_the_same_place() -> None:
    assert run_inside("both_ways", str(find_model(ROOT, ROOT / "var"))) == []
