"""The strings that break software, for every channel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def naughty_strings(shared_data: Path) -> list[str]:
    """515 strings, none of which may break a channel.

    Split at newlines only: some of them hold other ends of lines.
    """
    with (shared_data / "naughty_strings.jsonl").open(encoding="utf-8") as lines:
        strings = [json.loads(line)["text"] for line in lines]
    assert len(strings) == 515
    return strings
