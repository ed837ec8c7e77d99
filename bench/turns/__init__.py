"""Turns of a conversation: stock Rasa and Waymark in one run, the same model under both.

Starts real processes on free ports and in a folder of its own, one side after the
other, and stops all of them whatever happens. May import everything but ``tests``;
nothing imports it. Stock Rasa loads ``stock_channels`` in the engine's environment,
so nothing is imported here before :func:`run`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def run(_: Path | None = None) -> dict[str, Any]:
    """Measure both sides; rows for the table, notes, and the plain figures."""
    from bench.turns.measure import measure_sides

    return measure_sides()
