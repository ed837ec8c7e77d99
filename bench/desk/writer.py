"""Whoever writes to the team, in a process of its own: at the word of the other side, and beside.

``python -m bench.desk.writer MEASURED OTHERS WAITING`` with ids by commas. Each line that comes in
lets the measured person say one more; the moment before its commit goes out.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
import time
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.care.handoffs import Choice
from bot.settings import load
from bot.store.database import Sessions, connect, sessions
from bot.store.handoffs import find_handoff, save_choice
from bot.store.people import get_person
from bot.store.said import Speaker, save_said
from bot.store.sealed import open_person
from bot.vault.keyring import open_keyring
from bot.vault.vault import Vault

#: Seconds between two lines of others, and between two changes of the line.
BESIDE, CHANGES = 0.4, 5.0


async def write(
    measured: uuid.UUID, others: Sequence[uuid.UUID], waiting: Sequence[uuid.UUID]
) -> None:
    """Until the other side has heard enough."""
    settings = load(os.environ)
    vault = Vault(lambda: open_keyring(settings.home))
    engine = connect(settings.database_url.reveal())
    open_session = sessions(engine)
    beside = [
        asyncio.create_task(_chatter(open_session, vault, others)),
        asyncio.create_task(_stir(open_session, vault, waiting)),
    ]
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(await _say(open_session, vault, measured), flush=True)
    for task in beside:
        task.cancel()
    await engine.dispose()


async def _say(open_session: Sessions, vault: Vault, person_id: uuid.UUID) -> float:
    """The moment before the commit, by the clock that all processes share."""
    async with open_session() as session:
        person = await get_person(session, person_id)
        assert person is not None
        key, now = open_person(vault, person), datetime.now(UTC)
        await save_said(session, key, person_id, Speaker("person"), "One more line.", now)
        before = time.monotonic()
        await session.commit()
    return before


async def _chatter(open_session: Sessions, vault: Vault, others: Sequence[uuid.UUID]) -> None:
    for person_id in itertools.cycle(others):
        await _say(open_session, vault, person_id)
        await asyncio.sleep(BESIDE)


async def _stir(open_session: Sessions, vault: Vault, waiting: Sequence[uuid.UUID]) -> None:
    """Somebody in the line changes how they wish to be heard."""
    for number, person_id in enumerate(itertools.cycle(waiting)):
        async with open_session.begin() as session:
            person, row = (
                await get_person(session, person_id),
                await find_handoff(session, person_id),
            )
            assert person is not None and row is not None
            how = (Choice.MESSAGE, Choice.NOW)[number // len(waiting) % 2]
            await save_choice(session, open_person(vault, person), row, how, None)
        await asyncio.sleep(CHANGES)


if __name__ == "__main__":
    ids = [[uuid.UUID(one) for one in given.split(",")] for given in sys.argv[1:4]]
    asyncio.run(write(ids[0][0], ids[1], ids[2]))
