"""The table: both sides, and what Waymark must not exceed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Megabytes.
MOST_MEMORY = 1600

#: Each figure as it is called in the table, its name in the figures, its digits and its budget.
FIGURES = (
    ("webhook answer at 50 messages/s, p50, ms", "webhook p50 ms", 1, None),
    ("webhook answer at 50 messages/s, p99, ms", "webhook p99 ms", 1, 100),
    ("webhooks not taken, of 1,000", "webhooks not taken", 0, 0),
    ("senders left without a reply, of 200", "senders without reply", 0, 0),
    ("last reply after the last message, s", "seconds behind", 1, None),
    ("first message to reply, p50, ms", "first reply p50 ms", 1, 60),
    ("first message to reply, p95, ms", "first reply p95 ms", 1, 150),
    ("engine's turn at turns 1-5, median, ms", "turn 1 ms", 1, None),
    ("engine's turn at turns 196-200, median, ms", "turn 200 ms", 1, None),
    ("turns 196-200 over turns 1-5", "growth", 2, 1.2),
    ("engine killed among 200 messages: lost", "messages lost", 0, 0),
    ("engine killed among 200 messages: doubled", "messages doubled", 0, 0),
    ("engine killed: webhooks refused", "webhooks refused", 0, 0),
    ("engine killed: seconds until it is back", "engine away s", 1, None),
)

Figures = Mapping[str, Any]


def make_rows(stock: Figures, waymark: Figures) -> list[dict[str, str]]:
    """A row for each figure."""
    plain = [
        _row(text, stock[name], waymark[name], digits, budget)
        for text, name, digits, budget in FIGURES
    ]
    return [*plain, *_memory_rows(stock, waymark)]


def _memory_rows(stock: Figures, waymark: Figures) -> list[dict[str, str]]:
    before, ours = stock["memory"], waymark["memory"]
    engine = _row("memory idle, the engine alone, MB", before["engine"], ours["engine"], 0, None)
    after = _sum(stock["memory after"]), _sum(waymark["memory after"])
    return [
        engine,
        _row("memory idle, all processes, MB", _sum(before), _sum(ours), 0, MOST_MEMORY),
        _row("memory after the load, all processes, MB", *after, 0, None),
    ]


def _row(
    text: str, stock: float, waymark: float, digits: int, budget: float | None
) -> dict[str, str]:
    verdict = "" if budget is None else f"{budget:g}, {_judge(waymark, budget)}"
    return {
        "figure": text,
        "stock Rasa": f"{stock:,.{digits}f}",
        "Waymark": f"{waymark:,.{digits}f}",
        "budget": verdict,
    }


def _judge(value: float, budget: float) -> str:
    return "kept" if value <= budget else "MISSED"


def make_notes(stock: Figures, waymark: Figures) -> list[str]:
    """Where the memory is."""
    return [
        f"Memory of {name}: {_list(figures['memory'])}."
        for name, figures in (("stock Rasa", stock), ("Waymark", waymark))
    ]


def _list(weights: Mapping[str, float]) -> str:
    heaviest = sorted(weights.items(), key=lambda part: -part[1])
    return ", ".join(f"{name} {megabytes:.0f} MB" for name, megabytes in heaviest)


def _sum(weights: Mapping[str, float]) -> float:
    return sum(weights.values())
