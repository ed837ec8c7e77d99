"""The way to the engine: one HTTP call takes one turn."""

from __future__ import annotations

from pathlib import Path

import httpx

from bot.settings import Settings
from bot.wire.turns import TurnAnswer, TurnRequest
from worker.errors import EngineAway, EngineFailed, ModelRefused, SnapshotTooOld

#: Seconds. A healthy turn takes some 20 ms; the rest is room for a busy machine.
TIMEOUT = httpx.Timeout(15, connect=1)
#: Seconds for a model to load beside the one in use.
LOADING = httpx.Timeout(120, connect=1)


class Engine:
    """A client of the turn channel that keeps its connections."""

    def __init__(self, settings: Settings) -> None:
        self._http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{settings.engine_port}/webhooks/turn",
            headers={"Authorization": f"Bearer {settings.engine_token.reveal()}"},
            timeout=TIMEOUT,
            trust_env=False,
        )

    async def take(self, turn: TurnRequest) -> TurnAnswer:
        """Take one turn. Raises one of this room's errors about the engine."""
        try:
            response = await self._http.post("/take", json=turn.to_json())
        except httpx.TransportError as error:
            raise EngineAway from error
        if response.status_code == httpx.codes.CONFLICT:
            raise SnapshotTooOld
        if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise EngineAway
        if response.status_code != httpx.codes.OK:
            raise EngineFailed
        return TurnAnswer.from_json(response.json())

    async def load(self, model: Path) -> None:
        """Let another model take over. Raises :class:`EngineAway`, :class:`ModelRefused`."""
        try:
            response = await self._http.post("/load", json={"model": str(model)}, timeout=LOADING)
        except httpx.TransportError as error:
            raise EngineAway from error
        if response.status_code != httpx.codes.OK:
            raise ModelRefused

    async def is_here(self) -> bool:
        """Whether the engine can take turns."""
        try:
            return (await self._http.get("/")).is_success
        except httpx.TransportError:
            return False

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.aclose()
