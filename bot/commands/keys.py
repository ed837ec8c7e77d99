"""``waymark keys rotate``: a new master key, and every data key wrapped by it."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from bot.commands.database import open_transaction
from bot.settings import Settings
from bot.store import people
from bot.vault.keyring import Keyring, open_keyring, save_keyring
from bot.vault.vault import Vault


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("keys", help="look after the master keys")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    rotate = actions.add_parser(
        "rotate", help="make a new master key, wrap every data key with it, drop the old one"
    )
    rotate.set_defaults(run=run)


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Rotate in three steps, each of which leaves every key readable if the next one fails.

    Parts that run see the new keyring at once. What one of them was about to write with
    the old key is caught by a second pass, which waits for it.
    """
    keyring = open_keyring(settings.home).rotated()
    save_keyring(settings.home, keyring)
    count = asyncio.run(_rewrap(settings, keyring)) + asyncio.run(_rewrap(settings, keyring))
    save_keyring(settings.home, keyring.retired())
    print(f"Master key {keyring.current} is in use; {count} data keys were wrapped anew.")
    print("Older backups of the database can no longer be opened.")
    return 0


async def _rewrap(settings: Settings, keyring: Keyring) -> int:
    vault, count = Vault(lambda: keyring), 0
    async with open_transaction(settings) as session:
        await people.hold_writers(session)
        async for person in people.find_keys(session):
            if not vault.is_current(person.wrapped_key):
                person.wrapped_key = vault.rewrap_key(person.wrapped_key, str(person.id))
                count += 1
    return count
