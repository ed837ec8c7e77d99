"""The navigators' desk with a full line: how long pages take, and how soon a line is there.

50 members have a page open that hears the news and reloads its part as the real one does, while
people go on writing. The console is a process of its own, and so is whoever writes.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from bench.desk.filling import CLOSED, LINES, QUEUED, Room, fill
from bench.desk.screens import Timings, measure
from bench.turns.figures import percentile
from bench.turns.home import free_ports, own_home, plain_environment
from bench.turns.processes import running
from bot.settings import load
from bot.store import embedded
from bot.store.migrate import migrate

PAGE_MS, NEWS_MS = 100, 500


def run(_: Path | None = None) -> dict[str, Any]:
    """A row for each page and for the news, in milliseconds."""
    with own_home() as home:
        cluster = embedded.find_cluster(home)
        embedded.start(cluster)
        migrate(cluster.url)
        environment = {
            **plain_environment(),
            **free_ports("WAYMARK_CONSOLE_PORT"),
            "WAYMARK_HOME": str(home),
            "WAYMARK_DATABASE_URL": cluster.url,
        }
        room = asyncio.run(fill(load(environment)))
        with running([sys.executable, "-m", "console"], environment, home / "console.log"):
            timings = asyncio.run(measure(room, environment))
    return _report(room, timings)


def _report(room: Room, timings: Timings) -> dict[str, Any]:
    rows = [_row(f"page {name}", times, PAGE_MS) for name, times in timings.pages.items()]
    rows += [_row(name, times, NEWS_MS) for name, times in timings.news.items()]
    return {
        "title": "The navigators' desk",
        "rows": rows,
        "notes": [
            f"{QUEUED} people wait, {CLOSED:,} conversations are closed; the one whose pages are"
            f" loaded holds {len(room.held)}, with {LINES} lines each.",
            f"{len(room.tokens)} signed-in members have a page open and load its part anew at"
            " each news; meanwhile others are written five lines in two seconds, and the line"
            " changes every five.",
            "Times are those of the client on the same machine, which also does all the asking.",
            "News: from just before the commit of a line in another process.",
        ],
        "figures": rows,
    }


def _row(name: str, times: list[float], budget: int) -> dict[str, Any]:
    return {
        "what": name,
        "times": len(times),
        "p50 ms": round(1000 * percentile(times, 50), 1),
        "p95 ms": round(1000 * percentile(times, 95), 1),
        "budget p95 ms": budget,
    }
