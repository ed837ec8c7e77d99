"""One screen for all tests of this room: building it takes a third of a second."""

from __future__ import annotations

import pytest

from bot.care.screen import Screen


@pytest.fixture(scope="session")
def screen() -> Screen:
    return Screen(("en", "es"), exit_words=("Pineapple", "adiós mundo"))
