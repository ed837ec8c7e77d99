"""Put a release in use, while the house goes on talking.

The engine takes the new model over between two turns; then the content changes for all other
parts. Whatever goes wrong before that changes nothing for anybody.
"""

from __future__ import annotations

import asyncio
import shutil
import uuid
from functools import partial
from pathlib import Path

from bot.flows.changes import Change, apply_changes
from bot.flows.checking import check_changes
from bot.flows.content import SHIPPED
from bot.flows.edition import Edition
from bot.flows.errors import TrainingFailed
from bot.flows.published import find_release, save_published
from bot.flows.score import find_losses, score_model
from bot.flows.train import find_model, train_beside
from bot.store.publishing import (
    find_publishing,
    save_failure,
    save_progress,
    save_published_release,
)
from bot.store.releases import find_release as find_saved_release
from worker.errors import ModelRefused
from worker.house import House

BLOCKED = "The gate blocks it by now. Let the gate look again."


#: Lines that no model has learned from.
TESTS = SHIPPED / "tests" / "understanding"
#: Percent, when only the engine has to load it.
ALMOST = 95


class NotPublished(Exception):
    """The release cannot be put in use; the message says why."""


class CalledOff(Exception):
    """Somebody does not want it any more."""


async def put_shipped_in_use(house: House) -> None:
    """Back to the content that came with the code."""
    await _take_over(house, await _train(house, SHIPPED, None), "", None)


async def put_in_use(house: House, release_id: uuid.UUID) -> None:
    """Publish a release that was asked for. Raises ``EngineAway``, to be tried again."""
    async with house.sessions() as session:
        row = await find_publishing(session, release_id)
        release = await find_saved_release(session, release_id)
    if row is None or release is None:
        return
    changes = [one.change for one in release.changes]
    name = str(release_id)
    root = find_release(house.settings.home, name)
    try:
        # What was in use once is put back as it was, whatever the content says by now.
        if row.published_at is None:
            await asyncio.to_thread(_build, house, root, changes)
        model = await _train(house, root, release_id)
        if row.published_at is None and any(c.place.kind == "examples" for c in changes):
            await asyncio.to_thread(_compare, house, model)
        await _take_over(house, model, name, release_id)
    except CalledOff:
        return
    except (NotPublished, TrainingFailed, ModelRefused) as reason:
        async with house.sessions.begin() as session:
            await save_failure(session, release_id, str(reason) or (reason.__doc__ or ""))
        return
    async with house.sessions.begin() as session:
        await save_published_release(session, release_id, house.now())


def _build(house: House, root: Path, changes: list[Change]) -> None:
    """Write the release's content, whole or not at all. Raises :class:`NotPublished`."""
    base = house.content()
    if check_changes(base, changes, house.site):
        raise NotPublished(BLOCKED)
    edition = Edition(base)
    apply_changes(edition, changes)
    draft = root.with_name(f"draft-{root.name}")
    shutil.rmtree(draft, ignore_errors=True)
    edition.save(draft)
    shutil.rmtree(root, ignore_errors=True)
    draft.replace(root)


async def _train(house: House, root: Path, release_id: uuid.UUID | None) -> Path:
    """The model of the content under ``root``, trained if that has not been done yet."""
    home = house.settings.home
    return find_model(root, home) or await train_beside(
        root, home, partial(_tell, house, release_id)
    )


def _compare(house: House, model: Path) -> None:
    """Raises :class:`NotPublished` where the model understands less than the one in use."""
    now = find_model(house.content(), house.settings.home)
    if now is None or now == model or not TESTS.is_dir():
        return
    scores = (score_model(SHIPPED, one, TESTS, house.site) for one in (now, model))
    if losses := find_losses(*scores):
        raise NotPublished(" ".join(losses))


async def _take_over(house: House, model: Path, name: str, release_id: uuid.UUID | None) -> None:
    await _tell(house, release_id, ALMOST)
    await house.engine.load(model)
    await asyncio.to_thread(save_published, house.settings.home, name)


async def _tell(house: House, release_id: uuid.UUID | None, percent: int) -> None:
    """Say how far it is. Raises :class:`CalledOff`."""
    if release_id is not None:
        async with house.sessions.begin() as session:
            if not await save_progress(session, release_id, percent):
                raise CalledOff
