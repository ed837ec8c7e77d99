"""How well messages are understood: our own test set, and public ones beside Rasa's default.

The public sets are measured when their folder is named (``--data``); docs/understanding.md
is written from the figures. May import ``bot``; ``rasa_side`` alone runs beside Rasa, in
the engine's environment, so nothing is imported here before :func:`run`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

PAGE = "docs/understanding.md"


def run(data: Path | None = None) -> dict[str, Any]:
    """Measure, write the page, and return its rows."""
    from bench.understanding import own, page, public
    from bot.settings import ROOT

    languages, speed = own.measure()
    rows = list(public.measure(data, with_diet=True)) if data else []
    written = ROOT / PAGE
    text = page.render(languages, speed, rows, written.read_text(encoding="utf-8"))
    written.write_text(text, encoding="utf-8")
    return {"title": "understanding", "rows": rows or [{"": "written", "value": PAGE}]}
