"""People with a safety plan, for tests of the papers: saved as the worker saves them."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.journeys.progress import Progress
from bot.settings import Settings
from bot.store.conversations import keep_snapshot, start_conversation
from bot.store.database import connect, sessions
from bot.store.people import save_person
from bot.store.sealed import open_person
from bot.vault.keyring import open_keyring
from bot.vault.links import render_link
from bot.vault.vault import Vault

Found = TypeVar("Found")

HOUR = timedelta(hours=1)
ANSWERS = {
    "now_signs": "the <b>blue</b> cup, {answer} & keys",
    "now_room": "by the front door",
}


@dataclass(frozen=True)
class Desk:
    """Every call is a transaction of its own, in a thread of its own: a browser may hold ours."""

    settings: Settings

    @property
    def vault(self) -> Vault:
        """The house's own."""
        return Vault(lambda: open_keyring(self.settings.home))

    def do(self, effect: Callable[[AsyncSession], Awaitable[Found]]) -> Found:
        """Run ``effect`` and commit."""

        async def run() -> Found:
            engine = connect(self.settings.database_url.reveal(), pool_size=1)
            async with sessions(engine).begin() as session:
                found = await effect(session)
            await engine.dispose()
            return found

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, run()).result()

    def meet(
        self,
        answers: Mapping[str, str] = ANSWERS,
        language: str = "en",
        kept_for: timedelta = HOUR,
    ) -> uuid.UUID:
        """Somebody who has made a plan and goes on talking about something else."""
        snapshot = _snapshot(answers)

        async def effect(session: AsyncSession) -> uuid.UUID:
            person = await save_person(session, self.vault, "sms", f"+1{uuid.uuid4().int}")
            erase_at = datetime.now(UTC) + kept_for
            talk = await start_conversation(session, person.id, language, erase_at)
            keep_snapshot(open_person(self.vault, person), talk, snapshot)
            return person.id

        return self.do(effect)

    def link(self, purpose: str, about: uuid.UUID, age: timedelta = timedelta(0)) -> str:
        """A link that was made ``age`` ago."""
        return render_link(self.vault, purpose, str(about), datetime.now(UTC) - age)


def _snapshot(answers: Mapping[str, str]) -> dict[str, Any]:
    plan = Progress("safety_plan", answers=dict(answers)).to_json()
    left = {"event": "slot", "name": "left", "value": {"safety_plan": plan}}
    return {"version": 1, "slots": {"left": {"remember": {}}}, "loop": None, "events": [left]}
