"""Conversations as they have to go, held against how they go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.flows.content import SHIPPED
from bot.flows.scripts import Difference, Script, Turn, find_difference, lay_over, load_scripts
from bot.store.scripts import find_saved_scripts
from worker.house import House
from worker.rehearsal.play import Heard, Talk, play
from worker.rehearsal.seen import Reading, find_texts, load_reading, name_replies, render_heard

#: Called with how many conversations are done, of how many.
Tell = Callable[[int, int], Awaitable[None]]


@dataclass(frozen=True)
class Played:
    """A conversation as it went. By message: the ``names`` of the replies, and how they
    are ``read`` in the words of the script.
    """

    script: Script
    heard: Sequence[Heard]
    names: Sequence[Sequence[str]]
    read: Sequence[tuple[str, ...]]

    @property
    def difference(self) -> Difference | None:
        """Where it went otherwise than it is written."""
        return find_difference(self.script, self.read)

    @property
    def as_heard(self) -> tuple[Turn, ...]:
        """The conversation as it goes now; what goes as it is written stays as it is."""
        turns = zip(self.script.turns, self.names, self.read, strict=True)
        return tuple(
            turn if read == turn.hears else Turn(turn.says, tuple(names))
            for turn, names, read in turns
        )


@dataclass(frozen=True)
class Otherwise:
    """A conversation that goes otherwise than it is written.

    ``already``: it goes exactly like this with the content in use, for what the site has, its
    directory or its hours, is not what the conversation was written for.
    """

    played: Played
    difference: Difference
    already: bool

    def to_json(self) -> dict[str, Any]:
        """For the console."""
        script, found = self.played.script, self.difference
        return {
            "script": script.name,
            "language": script.language,
            "channel": script.channel,
            "promise": script.promise,
            "already": self.already,
            "turn": found.turn,
            "says": found.says,
            "expected": list(found.expected),
            "heard": list(found.heard),
            "text": str(found),
            "heard_turns": [turn.to_json() for turn in self.played.as_heard],
        }


async def find_scripts(house: House, root: Path) -> list[Script]:
    """Every conversation to hold the content under ``root`` against: the promises of the house,
    those of the content, and those that staff saved. Raises ``BadContent``.
    """
    promises, there = await asyncio.to_thread(_load, root)
    found = {script.key: script for script in promises}
    lay_over(found, there)
    async with house.sessions() as session:
        for saved in await find_saved_scripts(session):
            found.setdefault(saved.script.key, saved.script)
    return list(found.values())


async def play_script(house: House, reading: Reading, script: Script) -> Played:
    """Play one. Raises as :func:`worker.rehearsal.play.play`."""
    talk = _talk(script)
    heard = await play(house, talk)
    said = list(zip(script.turns, heard, strict=True))
    names = [name_replies(reading, talk, one, turn.hears) for turn, one in said]
    read = [
        turn.read(named, find_texts(one), house.site.facts)
        for (turn, one), named in zip(said, names, strict=True)
    ]
    return Played(script, heard, names, read)


async def find_otherwise(
    house: House, now: House, scripts: Sequence[Script], tell: Tell
) -> list[Otherwise]:
    """Those of ``scripts`` that go otherwise in ``house``. ``now`` is the house with the content
    in use; both may be the same.
    """
    reading = await asyncio.to_thread(load_reading, house.content())
    found = []
    for done, script in enumerate(scripts):
        await tell(done, len(scripts))
        played = await play_script(house, reading, script)
        if difference := played.difference:
            already = now is not house and await _goes_alike(now, played)
            found.append(Otherwise(played, difference, already))
    return found


def render_played(reading: Reading, played: Played) -> dict[str, Any]:
    """Every message of a conversation, as staff see it."""
    talk = _talk(played.script)
    turns = [
        render_heard(reading, talk, heard, names)
        for heard, names in zip(played.heard, played.names, strict=True)
    ]
    return {"turns": turns}


async def _goes_alike(now: House, played: Played) -> bool:
    """Whether the content in use answers the same to all of it."""
    reading = await asyncio.to_thread(load_reading, now.content())
    script = replace(played.script, turns=played.as_heard)
    return (await play_script(now, reading, script)).difference is None


def _load(root: Path) -> tuple[list[Script], list[Script]]:
    return [one for one in load_scripts(SHIPPED) if one.promise], load_scripts(root)


def _talk(script: Script) -> Talk:
    return Talk(script.channel, script.language, [turn.says for turn in script.turns])
