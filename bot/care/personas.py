"""Simulated survivors for practice: invented scripts that branch. Pure; files are the caller's.

Nothing is kept between two lines: what a persona says follows from everything the trainee has
written so far. docs/practice.md explains how a script is written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.care.signals import OTHER, find_signals

#: When a line of feedback is said; ``first`` is before anything but a greeting.
FIRST, LATER, HEARD, NEVER = "first", "later", "heard", "never"
#: What may come before "anything else".
_GREETINGS = frozenset({OTHER, "listens"})


@dataclass(frozen=True)
class Hear:
    """What the persona answers to any of ``signals``, and where the talk goes from there."""

    signals: frozenset[str]
    say: tuple[str, ...]
    next: str


@dataclass(frozen=True)
class State:
    """A point in the talk. ``otherwise`` is said to anything else, one line each time.

    A state without answers ends the practice.
    """

    hears: tuple[Hear, ...] = ()
    otherwise: tuple[str, ...] = ()

    @property
    def ends(self) -> bool:
        """Whether the persona says no more."""
        return not self.hears and not self.otherwise


@dataclass(frozen=True)
class Feedback:
    """One line for the trainee: ``when`` is one of the four words above."""

    when: str
    signal: str
    say: str


@dataclass(frozen=True)
class Persona:
    """One simulated survivor. ``note`` and ``opening`` are there before the trainee writes.

    ``script`` is the whole as it was written, from which it can be read again.
    """

    name: str
    language: str
    title: str
    about: str
    topics: tuple[str, ...]
    note: tuple[str, ...]
    opening: tuple[str, ...]
    start: str
    states: Mapping[str, State]
    feedback: tuple[Feedback, ...]
    script: Mapping[str, Any] = field(repr=False, compare=False, default_factory=dict)


@dataclass(frozen=True)
class Written:
    """What the trainee wrote, and how long the persona had waited for it."""

    untrusted_text: str
    waited: timedelta = timedelta()


@dataclass(frozen=True)
class Scene:
    """Where the talk stands. ``lines`` are the persona's to what was written last."""

    state: str
    lines: tuple[str, ...] = ()
    heard: tuple[frozenset[str], ...] = ()
    missed: Mapping[str, int] = field(default_factory=dict)
    ended: bool = False


def play(persona: Persona, written: Sequence[Written]) -> Scene:
    """The scene after everything that the trainee wrote, oldest first."""
    scene = Scene(persona.start)
    for one in written:
        scene = next_scene(persona, scene, one)
    return scene


def next_scene(persona: Persona, scene: Scene, written: Written) -> Scene:
    """The scene after one more line. Once it has ended nothing changes any more."""
    if scene.ended:
        return Scene(scene.state, (), scene.heard, scene.missed, ended=True)
    signals = find_signals(written.untrusted_text, written.waited, persona.language)
    state = persona.states[scene.state]
    heard = (*scene.heard, signals)
    answer = next((one for one in state.hears if one.signals & signals), None)
    if answer is not None:
        ended = persona.states[answer.next].ends
        return Scene(answer.next, answer.say, heard, scene.missed, ended)
    times = scene.missed.get(scene.state, 0)
    line = state.otherwise[min(times, len(state.otherwise) - 1)]
    return Scene(scene.state, (line,), heard, {**scene.missed, scene.state: times + 1})


def render_feedback(persona: Persona, scene: Scene) -> list[str]:
    """What the trainee did well and might try, in the order of the script."""
    return [one.say for one in persona.feedback if one.when in _find_when(scene, one.signal)]


def _find_when(scene: Scene, signal: str) -> Collection[str]:
    at = next((index for index, signals in enumerate(scene.heard) if signal in signals), None)
    if at is None:
        return {NEVER}
    early = all(signals <= _GREETINGS for signals in scene.heard[:at])
    return {HEARD, FIRST} if early else {HEARD, LATER}
