"""``waymark forget``: make everything about one person unreadable for good."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import Any

from bot.commands.database import open_transaction
from bot.settings import Settings
from bot.store import people
from bot.vault.keyring import LiveKeyring
from bot.vault.vault import Vault


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "forget",
        help="make everything about one person unreadable for good",
        description="Destroys the person's key and erases their rows. This cannot be undone.",
    )
    parser.add_argument(
        "channel",
        choices=["sms", "whatsapp", "telegram", "web"],
        help="where the person writes from",
    )
    parser.add_argument(
        "address",
        nargs="?",
        help="their address there, such as a phone number with its country code;"
        " left out, it is read from standard input, which leaves no trace in a shell's history",
    )
    parser.set_defaults(run=run)


def run(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when the person is forgotten, 1 when nobody was known there."""
    address = (parsed.address or sys.stdin.readline()).strip()
    if asyncio.run(_forget(settings, parsed.channel, address)):
        print("Forgotten. Everything about this person is unreadable for good.")
        return 0
    print("Nobody is known at this address.", file=sys.stderr)
    return 1


async def _forget(settings: Settings, channel: str, address: str) -> bool:
    vault = Vault(LiveKeyring(settings.home))
    async with open_transaction(settings) as session:
        person = await people.find_person(session, vault.pseudonym(channel, address))
        return person is not None and await people.forget_person(session, person.id)
