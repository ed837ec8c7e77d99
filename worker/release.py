"""Put a release in use, while the house goes on talking.

The engine takes the new model over between two turns; then the content changes for all other
parts. Whatever goes wrong before that changes nothing for anybody.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from bot.care.consent import ConsentKind
from bot.errors import SiteError
from bot.flows.building import write_content
from bot.flows.changes import Change
from bot.flows.checking import check_changes
from bot.flows.content import SHIPPED
from bot.flows.errors import BadContent, TrainingFailed
from bot.flows.old_models import forget_old_models
from bot.flows.published import find_release, save_published
from bot.flows.score import find_losses, score_model
from bot.flows.scripts import Script
from bot.flows.settings import UNDERSTANDING
from bot.flows.train import find_model, train_beside
from bot.flows.updating import UpdateBlocked, find_up_to_date
from bot.site import load_site
from bot.store.consents import end_consents
from bot.store.publishing import (
    find_publishing,
    save_failure,
    save_progress,
    save_published_release,
)
from bot.store.releases import find_release as find_saved_release
from bot.store.scripts import find_agreed_scripts
from worker.errors import ModelRefused
from worker.house import House
from worker.rehearsal.errors import CONTENT_FAULTS

BLOCKED = "The gate blocks it by now. Let the gate look again."


#: Lines that no model has learned from.
TESTS = SHIPPED / "tests" / "understanding"
#: Percent, when it is trained, and when only the engine has to load it.
TRAINED, ALMOST = 85, 95

#: Looks at content with its model, and tells how many of how many things it has looked at; what
#: blocks it, each in a sentence.
Look = Callable[[Path, Path, Callable[[int, int], Awaitable[None]]], Awaitable[list[str]]]


class NotPublished(Exception):
    """The release cannot be put in use; the message says why."""


class CalledOff(Exception):
    """Somebody does not want it any more."""


async def put_shipped_in_use(house: House) -> None:
    """Back to the content that came with the code."""
    await _take_over(house, await _train(house, SHIPPED, None), "", None)


async def put_in_use(house: House, release_id: uuid.UUID, look: Look) -> None:
    """Publish a release that was asked for, once ``look`` finds nothing against it.

    Raises ``EngineAway``, to be tried again.
    """
    async with house.sessions() as session:
        row = await find_publishing(session, release_id)
        release = await find_saved_release(session, release_id)
        agreed = [one.script for one in await find_agreed_scripts(session, release_id)]
    if row is None or release is None:
        return
    changes = [one.change for one in release.changes]
    name = str(release_id)
    root = find_release(house.settings.home, name)
    try:
        # What was in use once is put back as it was, whatever was published since.
        if row.published_at is None:
            await asyncio.to_thread(_build, house, root, changes, agreed)
        else:
            root = await asyncio.to_thread(_find_up_to_date, house, name)
        model = await _train(house, root, release_id)
        if row.published_at is None and any(map(_may_lose, changes)):
            await asyncio.to_thread(_compare, house, root, model)
        _require_settings(house, root)
        if row.published_at is None:
            await _look_again(house, look, root, model, release_id)
        await _take_over(house, model, root.name, release_id)
    except CalledOff:
        return
    except (NotPublished, TrainingFailed, ModelRefused) as reason:
        async with house.sessions.begin() as session:
            await save_failure(session, release_id, str(reason) or (reason.__doc__ or ""))
        return
    async with house.sessions.begin() as session:
        await save_published_release(session, release_id, house.now())


def _build(house: House, root: Path, changes: list[Change], agreed: list[Script]) -> None:
    """Write the release's content. Raises :class:`NotPublished`."""
    base = house.content()
    if check_changes(base, changes, house.site):
        raise NotPublished(BLOCKED)
    write_content(base, house.settings.site_path, changes, agreed, root)


def _find_up_to_date(house: House, name: str) -> Path:
    """The content of a release that was in use once, over what the code brings by now.

    Raises :class:`NotPublished`.
    """
    try:
        return find_up_to_date(house.settings.home, house.site, name)
    except (UpdateBlocked, BadContent) as reason:
        raise NotPublished(str(reason)) from reason


async def _train(house: House, root: Path, release_id: uuid.UUID | None) -> Path:
    """The model of the content under ``root``, trained if that has not been done yet."""
    home = house.settings.home
    return find_model(root, home) or await train_beside(
        root, home, partial(_tell, house, release_id)
    )


async def _look_again(
    house: House, look: Look, root: Path, model: Path, release_id: uuid.UUID
) -> None:
    """Raises :class:`NotPublished` with everything that is found, one a line."""

    async def tell(done: int, of: int) -> None:
        await _tell(house, release_id, TRAINED + (ALMOST - TRAINED) * done // of)

    await tell(0, 1)
    try:
        found = await look(root, model, tell)
    except CONTENT_FAULTS as reason:
        found = [str(reason)]
    if found:
        raise NotPublished("\n".join(found))


def _require_settings(house: House, root: Path) -> None:
    """Raises :class:`NotPublished` where they do not fit what the site pack says by now."""
    try:
        load_site(house.settings.site_path, root)
    except SiteError as error:
        raise NotPublished(str(error)) from error


def _may_lose(change: Change) -> bool:
    """Whether less may be understood after it: it teaches the model, or moves its thresholds."""
    place = change.place
    return place.kind == "examples" or (place.kind == "setting" and place.words[0] == UNDERSTANDING)


def _compare(house: House, root: Path, model: Path) -> None:
    """Raises :class:`NotPublished` where less is understood than with what is in use."""
    now = find_model(house.content(), house.settings.home)
    if now is None or not TESTS.is_dir():
        return
    both = ((now, house.site), (model, load_site(house.site.path, root)))
    scores = (score_model(SHIPPED, one, TESTS, site) for one, site in both)
    if losses := find_losses(*scores):
        raise NotPublished("\n".join(losses))


async def _take_over(house: House, model: Path, name: str, release_id: uuid.UUID | None) -> None:
    await _tell(house, release_id, ALMOST)
    await house.engine.load(model)
    longer = _will_keep_longer(house, name)
    if longer:
        await _ask_anew(house)
    await asyncio.to_thread(save_published, house.settings.home, name)
    if longer:  # somebody may have said yes to the shorter time meanwhile
        await _ask_anew(house)
    await asyncio.to_thread(forget_old_models, house.settings.home, model)


def _will_keep_longer(house: House, name: str) -> bool:
    """Whether talks are kept longer with that release; never when its settings cannot be read."""
    root = find_release(house.settings.home, name) if name else SHIPPED
    try:
        return load_site(house.settings.site_path, root).keep_for > house.site.keep_for
    except SiteError:
        return False


async def _ask_anew(house: House) -> None:
    """Nobody's talk is kept longer than they said yes to."""
    async with house.sessions.begin() as session:
        await end_consents(session, ConsentKind.KEEP, house.now())


async def _tell(house: House, release_id: uuid.UUID | None, percent: int) -> None:
    """Say how far it is. Raises :class:`CalledOff`."""
    if release_id is not None:
        async with house.sessions.begin() as session:
            if not await save_progress(session, release_id, percent):
                raise CalledOff
