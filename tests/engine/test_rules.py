"""The indexed rules decide as Rasa's own do, at every step of every written conversation."""

from __future__ import annotations

import pytest

from bot.flows.scripts import load_scripts
from bot.flows.train import find_model
from bot.settings import ROOT
from bot.site import load_site
from tests.engine.inside import run_inside
from tests.house import RunningHouse


@pytest.mark.stack
def test_both_policies_decide_the_same(stack: RunningHouse) -> None:
    scripts = [
        {"language": script.language, "says": [turn.says for turn in script.turns]}
        for script in load_scripts(ROOT)
    ]
    given = {
        "model": str(find_model(ROOT, ROOT / "var")),
        "facts": dict(load_site(stack.settings.site_path).facts),
        "scripts": scripts,
    }
    found = run_inside("both_policies", given, stack.environment)
    assert found["differences"] == []
    assert found["said"] > 2 * sum(len(script["says"]) for script in scripts)
    assert found["searched"] > 500
