"""A bar that shows how far a long command is, where somebody watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def telling(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Call what it gives once for each of ``total`` steps. Off a terminal nothing is shown."""
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda: progress.advance(task)
