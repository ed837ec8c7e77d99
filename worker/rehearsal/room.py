"""The room in which a conversation is played: one transaction, and nothing of it stays.

The house in it is the real one. Only what would reach beyond the room is another: its keys are
made for this one play, its clock moves on with each message, and its engine tells why it answers.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, async_sessionmaker

from bot.vault.keyring import make_keyring
from bot.vault.vault import Vault
from bot.wire.turns import TurnAnswer, TurnRequest
from worker.engine import Engine
from worker.house import House

#: From one message to the next, so that nobody is taken for a machine that floods the house.
PAUSE = timedelta(seconds=30)
#: Nobody waits for a play, and a play that hangs ends by itself.
_LIMITS = (
    "SET LOCAL lock_timeout = '2s'",
    "SET LOCAL idle_in_transaction_session_timeout = '60s'",
)


class TellingEngine(Engine):
    """An engine that is asked for its reasons as well; ``steps`` are the calls of one message."""

    def __init__(self, engine: Engine) -> None:
        self._http = engine._http
        self.steps: list[tuple[TurnRequest, TurnAnswer]] = []

    async def take(self, turn: TurnRequest) -> TurnAnswer:
        """Take one turn, and keep what was asked and answered."""
        answer = await super().take(replace(turn, explain=True))
        self.steps.append((turn, answer))
        return answer


class Clock:
    """The time, as if a person had paused before each message."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def pause(self) -> None:
        """Let some time pass."""
        self._ahead += PAUSE


@dataclass(frozen=True)
class Room:
    """A house in which a stranger talks, who has an ``address`` that nobody else has."""

    house: House
    engine: TellingEngine
    clock: Clock
    address: str


@asynccontextmanager
async def open_room(house: House) -> AsyncIterator[Room]:
    """The room of one play. Whatever happened in it has not happened once it is left."""
    async with house.database.connect() as connection:
        transaction = await connection.begin()
        try:
            for limit in _LIMITS:
                await connection.execute(text(limit))
            yield _furnish(house, connection)
        finally:
            await transaction.rollback()


def _furnish(house: House, connection: AsyncConnection) -> Room:
    """What commits in here only ends a savepoint."""
    engine, clock, keyring = TellingEngine(house.engine), Clock(), make_keyring()
    inside = replace(
        house,
        vault=Vault(lambda: keyring),
        sessions=async_sessionmaker(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ),
        engine=engine,
        now=clock,
    )
    return Room(inside, engine, clock, secrets.token_hex(16))
