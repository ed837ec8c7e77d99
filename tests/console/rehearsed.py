"""Rehearsals as the worker leaves them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.rehearsals import (
    find_rehearsal,
    save_rehearsal_fault,
    save_rehearsal_progress,
    save_rehearsal_result,
)
from bot.store.tables import RehearsalRow
from tests.console.conftest import Browser, Office

WAY = "/conversation/simulator"


def make_turn(says: str, hears: Sequence[str], text: str = "Hello.", **more: Any) -> dict[str, Any]:
    """One line of a result; ``more`` takes the place of what is usual."""
    replies = [{"name": name, "text": text, "options": [], "segments": 1} for name in hears]
    return {
        "says": says, "finding": None, "payload": None,
        "understood": [{"intent": "need_food", "confidence": 0.93}],
        "slots": {}, "answered_by": {"kind": "rule", "name": "Hello again", "topic": "welcome"},
        "actions": [], "commands": [], "replies": replies, "next": "need", "hears": list(hears),
        **more,
    }  # fmt: skip


def make_talk(*turns: dict[str, Any]) -> dict[str, Any]:
    """The result of one talk."""
    return {"turns": list(turns), "seconds": 0.4, "difference": None}


def make_difference(script: str, **more: Any) -> dict[str, Any]:
    """One conversation that goes otherwise at its first line."""
    heard = [{"says": "hi", "hears": ["utter_goodbye"]}]
    return {
        "script": script, "language": "en", "channel": "sms", "promise": False, "turn": 1,
        "says": "hi", "expected": ["utter_ask_safe"], "heard": ["utter_goodbye"],
        "text": "It goes otherwise.", "heard_turns": heard, **more,
    }  # fmt: skip


def make_everything(*differences: dict[str, Any], findings: Sequence[str] = ()) -> dict[str, Any]:
    """The result of all conversations."""
    return {
        "played": 58, "seconds": 21.0, "findings": list(findings),
        "differences": list(differences),
    }  # fmt: skip


def find_asked(office: Office) -> list[RehearsalRow]:
    """All that was asked for, in order."""

    async def find(session: AsyncSession) -> list[RehearsalRow]:
        return list(await session.scalars(select(RehearsalRow).order_by(RehearsalRow.asked_at)))

    return office.do(find)


def finish(office: Office, rehearsal_id: uuid.UUID, result: dict[str, Any]) -> None:
    """It was played."""
    office.do(lambda s: save_rehearsal_result(s, rehearsal_id, result, datetime.now(UTC)))


def fail(office: Office, rehearsal_id: uuid.UUID, fault: str) -> None:
    """It cannot be played."""
    office.do(lambda s: save_rehearsal_fault(s, rehearsal_id, fault, datetime.now(UTC)))


def prepare(office: Office, rehearsal_id: uuid.UUID, percent: int) -> bool:
    """It is on its way, longer than anybody waits for a page. Whether it is still wanted."""

    async def act(session: AsyncSession) -> bool:
        row = await find_rehearsal(session, rehearsal_id)
        assert row is not None
        row.asked_at = row.asked_at.replace(year=2020)
        await session.flush()
        return await save_rehearsal_progress(session, rehearsal_id, "preparing", percent)

    return office.do(act)


def read_says(page: str) -> list[str]:
    """The lines that the form of a page carries."""
    return re.findall(r'<input type="hidden" name="says" value="([^"]*)">', page)


def say(browser: Browser, line: str, says: Sequence[str] = (), **more: str) -> Any:
    """Say a line after others; the answer to the form."""
    fields = {"release": "", "channel": "sms", "language": "en", "line": line, **more}
    return browser.submit(WAY, **fields, says=list(says))
