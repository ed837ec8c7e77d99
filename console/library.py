"""The conversation as its files are now, read when somebody first looks and after each change."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.flows.conversation import Intent, Topic, load_conversation
from bot.flows.finding import Index
from bot.flows.published import LiveContent
from bot.flows.sheet import Sheet
from bot.journeys.content import Journey, load_journeys
from bot.watching import Watched


@dataclass(frozen=True)
class Written:
    """Everything that is written, by name."""

    root: Path
    topics: Mapping[str, Topic]
    journeys: Mapping[str, Journey]
    intents: Mapping[str, Intent]
    index: Index
    #: Files that were opened to be changed; more come with each look.
    sheets: dict[str, Sheet] = field(default_factory=dict)


class Library:
    """Keeps what was read for as long as no file has changed and nothing is published."""

    def __init__(self, content: LiveContent) -> None:
        self._written = Watched(lambda: _look(content()), lambda: _read(content()))
        self._reading = asyncio.Lock()

    async def open(self) -> Written:
        """The conversation. Raises ``BadContent`` or ``BadJourney``."""
        async with self._reading:
            return await asyncio.to_thread(self._written)


def _look(root: Path) -> object:
    """Differs after any change."""
    files = sorted((root / "data").rglob("*.yml"))
    return [(file, (stat := file.stat()).st_mtime_ns, stat.st_size) for file in files]


def _read(root: Path) -> Written:
    data = root / "data"
    topics = load_conversation(data)
    intents = {one.name: one for topic in topics.values() for one in topic.intents}
    journeys = load_journeys(data / "journeys")
    return Written(root, topics, journeys, intents, Index(topics.values(), journeys.values()))
