"""Models that nobody is likely to need again are taken off the disk; each has some 30 MB."""

from __future__ import annotations

from pathlib import Path

from bot.flows.content import SHIPPED
from bot.flows.published import find_published
from bot.flows.train import find_model

#: Beside the one in use and the one of the content that came with the code. A release that goes
#: back to one that is gone learns it again, which takes minutes in place of seconds.
KEPT = 10


def forget_old_models(home: Path, used: Path) -> None:
    """Keep the newest under ``home``; ``used`` has just been used, which makes it new again."""
    used.touch()
    needed = {used, find_model(SHIPPED, home), find_model(find_published(home), home)}
    found = [path for path in used.parent.glob("*.tar.gz") if path.is_file() and _is_whole(path)]
    newest = sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)[:KEPT]
    for path in {*found} - {*newest} - needed:
        path.unlink(missing_ok=True)


def _is_whole(path: Path) -> bool:
    """Whether it is a model, and not the beginning of one that somebody trains now."""
    return "-" not in path.name
