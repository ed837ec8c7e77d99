"""The stage: a small house beside the real one, in which a draft is the content in use.

There is one, and what is shown on it changes as content does in the real house: the files are
laid beside the others, the engine takes the model over, the pointer names the draft. It is kept
for a while for the next rehearsal, and taken down when nobody has come.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.flows.building import digest_content
from bot.flows.published import find_release, save_published
from bot.settings import Settings
from worker.house import House, build
from worker.rehearsal.parts import Parts, plan_settings, start_parts

#: Seconds that the stage stays for the next rehearsal.
KEPT_FOR = 600.0


@dataclass
class _Set:
    """What stands on the stage."""

    house: House
    parts: Parts
    model: Path
    shows: str


class Stage:
    """One at a time plays on it. Processes on it end with the worker, however that ends."""

    def __init__(self, settings: Settings, kept_for: float = KEPT_FOR) -> None:
        self._settings, self._kept_for = settings, kept_for
        self.home = settings.home / "rehearsal" / str(os.getpid())
        self._lock = asyncio.Lock()
        self._set: _Set | None = None
        self._ending: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def show(self, root: Path, model: Path) -> AsyncIterator[House]:
        """A house in which the content under ``root`` is in use, with its ``model``.

        Raises :class:`DraftNotServed`, and whatever is wrong with the content.
        """
        async with self._lock:
            self._keep()
            try:
                yield (await self._change(root, model)).house
            except BaseException:
                if self._set is None or not self._set.parts.run:
                    await self._take_down()
                raise
            finally:
                self._ending = asyncio.create_task(self._end_later())

    async def close(self) -> None:
        """Take everything down."""
        self._keep()
        async with self._lock:
            await self._take_down()

    def _keep(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None

    async def _end_later(self) -> None:
        await asyncio.sleep(self._kept_for)
        async with self._lock:
            await self._take_down()

    async def _change(self, root: Path, model: Path) -> _Set:
        name = await asyncio.to_thread(digest_content, root)
        if self._set is not None and not self._set.parts.run:
            await self._take_down()
        if self._set is None:
            self._set = await self._put_up(name, root, model)
        if self._set.model != model:
            await self._set.house.engine.load(model)
            self._set.model = model
        if self._set.shows != name:
            self._publish(name, root)
            self._set.shows = name
        _read(self._set.house)
        return self._set

    async def _put_up(self, name: str, root: Path, model: Path) -> _Set:
        await asyncio.to_thread(_forget_dead_stages, self.home)
        self.home.mkdir(mode=0o700, parents=True)
        self._publish(name, root)
        settings = plan_settings(self._settings, self.home)
        house = await asyncio.to_thread(build, settings)
        parts = await start_parts(settings, model)
        try:
            await parts.wait_until_ready(settings, house.engine)
        except BaseException:
            await parts.stop()
            await _leave(house)
            raise
        return _Set(house, parts, model, name)

    def _publish(self, name: str, root: Path) -> None:
        """Under a name that changes with the content, so that every part reads it again."""
        place = find_release(self.home, name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(root)
        save_published(self.home, name)

    async def _take_down(self) -> None:
        if self._set is not None:
            there, self._set = self._set, None
            await there.parts.stop()
            await _leave(there.house)
        await asyncio.to_thread(shutil.rmtree, self.home, ignore_errors=True)


def _read(house: House) -> None:
    """What cannot be read is told before anybody speaks. Raises what is wrong with it."""
    _ = house.words.now, house.site


async def _leave(house: House) -> None:
    await house.engine.close()
    await house.database.dispose()


def _forget_dead_stages(home: Path) -> None:
    """Folders of workers that died, and an older one of this process's own number."""
    for folder in home.parent.glob("[0-9]*"):
        if folder == home or not _is_alive(int(folder.name)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    with contextlib.suppress(PermissionError):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
    return True
