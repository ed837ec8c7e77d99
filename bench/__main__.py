"""Measure, and print a table: ``python -m bench [NAME ...] [--data FOLDER] [--json]``."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from bench.machine import describe_machine, read_load

#: Each is a module of this package with ``run(data) -> dict``. What a result names "rows" (a list
#: of dicts) becomes its table, and "notes" (a list of sentences) stand below it.
BENCHMARKS = {
    "turns": "a turn beside stock Rasa, message by message (six to eight minutes)",
    "erasure": "from EXIT to silence, on each channel (two minutes)",
    "journeys": "messages and segments until a journey has given something (two minutes)",
    "desk": "the navigators' desk with a full line and 50 open pages (three minutes)",
    "editing": "the pages that show and change the conversation, with 2,000 responses (a minute)",
    "training": "a first reply while a release is trained (twenty minutes)",
    "directory": "the search among 100,000 services",
    "entries": "importing, editing and exporting 100,000 services (ten minutes)",
    "understanding": "our own test set; with --data public sets beside Rasa's default (an hour)",
}


def main() -> int:
    """0 when everything asked for was measured."""
    parser = _parser()
    parsed = parser.parse_args()
    if unknown := set(parsed.names) - set(BENCHMARKS):
        parser.error(f"there is no {unknown.pop()}; there are: {', '.join(BENCHMARKS)}")
    signal.signal(signal.SIGTERM, _stop)
    machine = describe_machine()
    results = {name: _measure(name, parsed.data) for name in parsed.names or BENCHMARKS}
    machine["load after"] = read_load()
    if parsed.json:
        print(json.dumps({"machine": machine, **results}, indent=2, default=str))
    else:
        print(render(machine, results))
    return 0


def _parser() -> argparse.ArgumentParser:
    known = "; ".join(f"{name}: {text}" for name, text in BENCHMARKS.items())
    parser = argparse.ArgumentParser(prog="scripts/bench", description=f"Measure. {known}.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="all of them when none is named")
    parser.add_argument("--json", action="store_true", help="print for a program to read")
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="public intent sets, as docs/benchmarks.md says"
    )
    return parser


def _measure(name: str, data: Path | None) -> dict[str, Any]:
    result: dict[str, Any] = import_module(f"bench.{name}").run(data)
    return result


def _stop(signum: int, frame: FrameType | None) -> None:
    """Leave through the open context managers, which stop what was started."""
    sys.exit(128 + signum)


def render(machine: Mapping[str, str], results: Mapping[str, Mapping[str, Any]]) -> str:
    """Everything as Markdown."""
    parts = [_table([{"": name, "value": value} for name, value in machine.items()])]
    for name, result in results.items():
        rows = result.get("rows") or [{"": k, "value": v} for k, v in result.items()]
        parts += [f"## {result.get('title', name)}", _table(rows)]
        parts += ["\n".join(f"- {note}" for note in result.get("notes", ()))]
    return "\n\n".join(part for part in parts if part)


def _table(rows: list[Mapping[str, Any]]) -> str:
    heads = list(rows[0])
    lines = [heads, ["---"] * len(heads), *([row.get(head, "") for head in heads] for row in rows)]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
