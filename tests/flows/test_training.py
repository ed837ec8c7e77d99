"""How far a training is."""

from __future__ import annotations

from bot.flows.content import SHIPPED
from bot.flows.train import STEPS
from bot.written import load_written


def test_every_part_that_learns_is_a_step() -> None:
    config = load_written(SHIPPED / "config.yml")
    parts = [part["name"] for part in (*config["pipeline"], *config["policies"])]
    files = (SHIPPED / f"{name.rpartition('.')[0].replace('.', '/')}.py" for name in parts)
    learning = [file for file in files if "is_trainable=True" in file.read_text(encoding="utf-8")]
    assert len(learning) == STEPS
