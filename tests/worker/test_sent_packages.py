"""Packages of the directory that nobody took in do not lie here for good."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from bot.directory.sent_packages import FOLDER, KEPT_FOR
from tests.worker.conftest import open_settings
from tests.worker.desk_room import ACCOUNT, later, run
from worker.house import build
from worker.sweep import forget_due


def test_they_go_after_a_day_though_nobody_sends_another(
    tmp_path: Path, plain_database_url: str
) -> None:
    house = build(open_settings(tmp_path / "home", plain_database_url, **ACCOUNT))
    begun = house.settings.home / FOLDER / "0123456789abcdef"
    begun.mkdir(parents=True)
    (begun / "addresses.csv").write_text("address_1")
    there = house.now().timestamp()
    os.utime(begun, (there, there))

    async def act() -> None:
        await forget_due(later(house, hours=1))
        assert begun.exists()
        await forget_due(later(house, hours=KEPT_FOR / timedelta(hours=1) + 1))
        assert not begun.exists()

    run(house, act)
