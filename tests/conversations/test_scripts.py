"""Every script is talked through by text message with the running house."""

from __future__ import annotations

import pytest

from bot.flows.content import SHIPPED
from bot.flows.naming import Naming
from bot.flows.scripts import Script, load_scripts
from bot.site import load_site
from tests.phone import Phone

NAMING, SCRIPTS = Naming(SHIPPED), load_scripts(SHIPPED)


@pytest.mark.stack
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: f"{script.language}: {script.name}")
def test_conversation_goes_as_written(script: Script, phone: Phone) -> None:
    facts = load_site(phone.settings.site_path).facts
    for turn in script.turns:
        replies = phone.text(turn.says)
        names = NAMING.name_all(replies, turn.hears, script.language)
        assert [turn.says, *turn.read(names, replies, facts)] == [turn.says, *turn.hears]
