"""Every script is talked through by text message with the running house."""

from __future__ import annotations

import pytest

from tests.content import matches, name_of
from tests.conversations.scripts import Script, load_scripts
from tests.phone import Phone

SCRIPTS = load_scripts()


@pytest.mark.stack
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: f"{script.language}: {script.name}")
def test_conversation_goes_as_written(script: Script, phone: Phone) -> None:
    for turn in script.turns:
        heard = phone.text(turn.says)
        named = [
            wanted if matches(reply, wanted, script.language) else name_of(reply, script.language)
            for reply, wanted in zip(heard, turn.hears, strict=False)
        ]
        rest = [name_of(reply, script.language) for reply in heard[len(turn.hears) :]]
        assert [turn.says, *named, *rest] == [turn.says, *turn.hears]
