"""The rehearse job: play what staff asked for, and write down what came of it."""

from __future__ import annotations

import asyncio
import shutil
import time
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.flows.building import write_content
from bot.flows.checking import check_changes
from bot.flows.errors import TrainingFailed
from bot.flows.old_models import forget_old_models
from bot.flows.scripts import Script, Turn
from bot.flows.train import find_model, train_beside
from bot.store import rehearsals
from bot.store.releases import Release, find_release
from bot.store.scripts import find_agreed_scripts
from bot.store.tables import RehearsalRow
from bot.store.tables.rehearsal import PLAYING, PREPARING
from worker.errors import EngineAway, ModelRefused
from worker.house import House
from worker.rehearsal.errors import CONTENT_FAULTS, DraftNotServed, InTheWay, NoSuchScript
from worker.rehearsal.seen import load_reading
from worker.rehearsal.stage import Stage
from worker.rehearsal.talks import (
    Otherwise,
    find_otherwise,
    find_scripts,
    play_script,
    render_played,
)
from worker.release import CalledOff

ENGINE_AWAY = "The engine does not answer at the moment. Ask again in a minute."
#: What is wrong with the content, the engine or the moment, and is told to whoever asked.
_FAULTS = (
    *CONTENT_FAULTS, DraftNotServed, InTheWay, ModelRefused, NoSuchScript, TrainingFailed,
)  # fmt: skip


async def rehearse(house: House, stage: Stage, rehearsal_id: uuid.UUID) -> None:
    """Play one rehearsal that was asked for."""
    async with house.sessions() as session:
        row = await rehearsals.find_open_rehearsal(session, rehearsal_id)
    if row is None:
        return
    try:
        result = await _play(house, stage, row)
    except CalledOff:
        return
    except EngineAway:
        await _save_fault(house, row, ENGINE_AWAY)
    except _FAULTS as reason:
        await _save_fault(house, row, str(reason) or (reason.__doc__ or ""))
    else:
        async with house.sessions.begin() as session:
            await rehearsals.save_rehearsal_result(session, row.id, result, house.now())


async def _play(house: House, stage: Stage, row: RehearsalRow) -> Mapping[str, Any]:
    if row.release_id is None:
        return await _play_in(house, house, row, [])
    async with house.sessions() as session:
        release = await find_release(session, row.release_id)
        agreed = [one.script for one in await find_agreed_scripts(session, row.release_id)]
    if release is None:
        return {}
    async with _show_draft(house, stage, row, release, agreed) as draft:
        return await _play_in(draft, house, row, await _find_findings(house, row, release))


@asynccontextmanager
async def _show_draft(
    house: House, stage: Stage, row: RehearsalRow, release: Release, agreed: list[Script]
) -> AsyncIterator[House]:
    """A house in which the release is in use."""
    root = house.settings.home / "rehearsal" / f"draft-{row.release_id}"
    changes = [one.change for one in release.changes]
    await asyncio.to_thread(_forget_others, root)
    base, pack = house.content(), house.settings.site_path
    await asyncio.to_thread(write_content, base, pack, changes, agreed, root)
    home = house.settings.home

    async def tell(percent: int) -> None:
        await _tell(house, row, PREPARING, percent)

    await tell(0)
    model = find_model(root, home) or await train_beside(root, home, tell)
    await asyncio.to_thread(forget_old_models, home, model)
    async with stage.show(root, model) as draft:
        yield draft


async def _play_in(
    house: House, now: House, row: RehearsalRow, findings: list[str]
) -> Mapping[str, Any]:
    """``house`` is the one to play in, ``now`` the one with the content in use."""
    began = time.monotonic()
    await _tell(now, row, PLAYING, 0)
    if row.script == rehearsals.EVERYTHING:
        result = await _play_all(house, now, row)
        result["findings"] = findings
    else:
        result = await _play_one(house, row)
    return {**result, "seconds": round(time.monotonic() - began, 2)}


async def _play_one(house: House, row: RehearsalRow) -> dict[str, Any]:
    reading = await asyncio.to_thread(load_reading, house.content())
    script = await _find_script(house, row)
    played = await play_script(house, reading, script)
    result = render_played(reading, played)
    if row.script is not None:
        difference = played.difference
        result["difference"] = difference and Otherwise(played, difference, False).to_json()
    return result


async def _play_all(house: House, now: House, row: RehearsalRow) -> dict[str, Any]:
    scripts = await find_scripts(house, house.content())

    async def tell(done: int, of: int) -> None:
        await _tell(now, row, PLAYING, 100 * done // of)

    found = await find_otherwise(house, now, scripts, tell)
    return {"played": len(scripts), "differences": [one.to_json() for one in found]}


async def _find_script(house: House, row: RehearsalRow) -> Script:
    """What is to be played; where nothing is expected, nothing is found missing."""
    if row.script is None:
        turns = tuple(Turn(says, ()) for says in row.says)
        return Script("", row.language, turns, row.channel)
    for script in await find_scripts(house, house.content()):
        if script.key == (row.language, row.script):
            return script
    raise NoSuchScript


async def _find_findings(house: House, row: RehearsalRow, release: Release) -> list[str]:
    """What the gate says of the release, where all of it is looked at."""
    if row.script != rehearsals.EVERYTHING:
        return []
    changes = [one.change for one in release.changes]
    found = await asyncio.to_thread(check_changes, house.content(), changes, house.site)
    return [one["reason"] for one in found]


async def _tell(house: House, row: RehearsalRow, state: str, percent: int) -> None:
    """Say how far it is. Raises ``CalledOff``."""
    async with house.sessions.begin() as session:
        if not await rehearsals.save_rehearsal_progress(session, row.id, state, percent):
            raise CalledOff


async def _save_fault(house: House, row: RehearsalRow, fault: str) -> None:
    async with house.sessions.begin() as session:
        await rehearsals.save_rehearsal_fault(session, row.id, fault, house.now())


def _forget_others(root: Path) -> None:
    """One draft at a time lies there."""
    for folder in root.parent.glob("draft-*"):
        if folder != root:
            shutil.rmtree(folder, ignore_errors=True)
