"""The gate's second look at a release: every conversation is played with it before it goes out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from worker.house import House
from worker.rehearsal.errors import DraftNotServed
from worker.rehearsal.stage import Stage
from worker.rehearsal.talks import Otherwise, Tell, find_otherwise, find_scripts

#: Seconds. Whatever takes longer than this has come to a halt.
LONGEST = 1800.0
TOO_LONG = "The conversations could not be played to their end in time. Publish it again."


class SecondLook:
    """Looks at content on a stage beside the house that talks."""

    def __init__(self, house: House, stage: Stage) -> None:
        self._house, self._stage = house, stage

    async def __call__(self, root: Path, model: Path, tell: Tell) -> list[str]:
        """What blocks the content under ``root``, each in a sentence.

        ``tell`` hears how many conversations are done. Raises ``EngineAway`` where the house with
        the content in use cannot be asked, and what is wrong with the content.
        """
        try:
            async with asyncio.timeout(LONGEST), self._stage.show(root, model) as draft:
                scripts = await find_scripts(draft, root)
                found = await find_otherwise(draft, self._house, scripts, tell)
        except TimeoutError:
            return [TOO_LONG]
        except DraftNotServed as reason:
            return [str(reason)]
        return tell_otherwise(found)


def tell_otherwise(found: Sequence[Otherwise]) -> list[str]:
    """Those that are the release's doing; a promise has to be kept whoever broke it."""
    return [str(one.difference) for one in found if one.played.script.promise or not one.already]
