"""``waymark release rehearse``: play every conversation with the content in use."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from rich.console import Console
from rich.progress import Progress

from bot.commands.database import open_transaction
from bot.settings import Settings
from bot.site import load_site
from bot.store.rehearsals import EVERYTHING, Wish, ask_to_rehearse, find_rehearsal
from bot.store.tables import RehearsalRow
from bot.store.tables.rehearsal import DONE, FAILED

#: Seconds between two looks at how far it is, and until nobody can be playing any more.
LOOK_EVERY, NOBODY_PLAYS = 0.5, 300.0


class NotPlayed(Exception):
    """Nobody plays the conversations. Is Waymark running? ./scripts/up"""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason or self.__doc__)


def add_to(actions: Any) -> None:
    """Declare the command."""
    action = actions.add_parser(
        "rehearse",
        help="play every conversation, and say which go otherwise than they are written",
        description="The running worker plays them with the content in use. Nothing of it stays.",
    )
    action.add_argument("--json", action="store_true", help="print for a program to read")
    action.set_defaults(run=run_rehearse)


def run_rehearse(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when all go as they are written, 1 otherwise."""
    try:
        result = asyncio.run(_rehearse(settings))
    except NotPlayed as reason:
        print(reason, file=sys.stderr)
        return 1
    if parsed.json:
        print(json.dumps(result, indent=2, ensure_ascii=False))
    else:
        print(_render(result))
    return 1 if result["differences"] else 0


async def _rehearse(settings: Settings) -> dict[str, Any]:
    language = load_site(settings.site_path).default_language
    async with open_transaction(settings) as session:
        wish = Wish(None, "sms", language, script=EVERYTHING)
        rehearsal = await ask_to_rehearse(session, wish, None, datetime.now(UTC))
    row = await _wait(settings, rehearsal)
    if row.state == FAILED or row.result is None:
        raise NotPlayed(row.fault)
    return row.result


async def _wait(settings: Settings, rehearsal: UUID) -> RehearsalRow:
    """The rehearsal once it has ended. Raises :class:`NotPlayed` when it gets no further."""
    progress, since = 0, time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("Playing every conversation", total=100)
        while True:
            async with open_transaction(settings) as session:
                row = await find_rehearsal(session, rehearsal)
            if row is None or time.monotonic() - since > NOBODY_PLAYS:
                raise NotPlayed
            if row.state in {DONE, FAILED}:
                return row
            if row.progress != progress:
                progress, since = row.progress, time.monotonic()
            bar.update(shown, completed=progress)
            await asyncio.sleep(LOOK_EVERY)


def _render(result: dict[str, Any]) -> str:
    if not result["differences"]:
        return f"All {result['played']} conversations go as they are written."
    return "\n".join(one["text"] for one in result["differences"])
