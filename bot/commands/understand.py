"""``waymark understand``: what a message is taken for, and why."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from queue import Queue
from typing import Any

from bot.flows.errors import ModelMissing
from bot.flows.published import find_published
from bot.flows.reader import Reader
from bot.flows.site_in_use import find_site
from bot.flows.train import find_model
from bot.settings import ROOT, Settings
from bot.understanding import Understanding, Understood, decide_next

#: Messages that go to the engine's reader together.
BATCH = 32
SHOWN = 3


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "understand",
        help="show what a message is taken for, and why",
        description="Shows the safety rule, the likeliest intents, the entities and what the bot "
        "would do. Nothing is kept, and the service need not run.",
    )
    parser.add_argument("text", nargs="?", help="one message; without it, one a line is read")
    parser.add_argument("--json", action="store_true", help="print one JSON object a message")
    parser.set_defaults(run=run)


def run(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when every message was answered. Raises ``ModelMissing`` or ``ModelUnreadable``."""
    content = find_published(settings.home)
    model = find_model(content, settings.home) or find_model(ROOT, ROOT / "var")
    if model is None:
        raise ModelMissing
    understanding = Understanding(find_site(settings.site_path, settings.home))
    # One line is one message, whatever bytes it holds.
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    batches = _read_batches() if parsed.text is None else [[parsed.text]]
    show = _show_json if parsed.json else _show
    with Reader(ROOT, model) as reader:
        for understood in _understand_all(understanding, reader, batches):
            show(understood)
    return 0


def _understand_all(
    understanding: Understanding, reader: Reader, batches: Iterable[list[str]]
) -> Iterator[Understood]:
    """In order; the rules look at a batch while the reader ranks it."""
    for batch in batches:
        reader.ask(batch)
        looked = [understanding.look(text) for text in batch]
        for one, (ranking, pieces) in zip(looked, reader.answer(), strict=True):
            yield understanding.understand(one, ranking, pieces)


def _read_batches() -> Iterator[list[str]]:
    """Lines as they come: never waits for a second one, so that a caller may take turns."""
    lines: Queue[str | None] = Queue(maxsize=BATCH)
    threading.Thread(target=_read_lines, args=(lines,), daemon=True).start()
    while (line := lines.get()) is not None:
        batch = [line]
        while len(batch) < BATCH and not lines.empty() and lines.queue[0] is not None:
            batch.append(str(lines.get()))
        yield batch


def _read_lines(lines: Queue[str | None]) -> None:
    for line in sys.stdin:
        lines.put(line.removesuffix("\n").removesuffix("\r"))
    lines.put(None)


def _show_json(understood: Understood) -> None:
    print(json.dumps(understood.to_json()), flush=True)


def _show(understood: Understood) -> None:
    finding = understood.finding
    print(understood.text)
    print(f"  language   {understood.language}")
    print(f"  rule       {finding.kind.value if finding else 'none fired'}")
    print(f"  danger     {understood.danger or 'none'}")
    for meaning in understood.ranking[:SHOWN]:
        print(f"  {meaning.confidence:8.0%}   {meaning.intent}")
    for entity in understood.entities:
        print(f"  {entity.kind.value:10} {entity.text!r}: {json.dumps(entity.value)}")
    print(f"  the bot    {decide_next(understood)}")
