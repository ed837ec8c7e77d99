"""Reading the scripts of personas, ``<site>/practice/<name>.yml``, and finding their faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.care.errors import BadPersona
from bot.care.personas import FIRST, HEARD, LATER, NEVER, Feedback, Hear, Persona, State
from bot.care.signals import find_names
from bot.written import load_written

_WHEN = {FIRST, LATER, HEARD, NEVER}


def load_personas(folder: Path) -> dict[str, Persona]:
    """Every persona of a site by name; none where the site has no such folder.

    Raises :class:`BadPersona`.
    """
    return {file.stem: _load_persona(file) for file in sorted(folder.glob("*.yml"))}


def parse_persona(name: str, content: Mapping[str, Any]) -> Persona:
    """The persona that a file describes. Raises :class:`BadPersona`."""
    try:
        persona = Persona(
            name=name,
            language=content["language"],
            title=content["title"],
            about=content["about"],
            topics=tuple(content["topics"]),
            note=tuple(content["note"]),
            opening=tuple(content["opening"]),
            start=next(iter(content["states"])),
            states={key: _parse_state(key, one or {}) for key, one in content["states"].items()},
            feedback=tuple(_parse_feedback(one) for one in content["feedback"]),
            script=content,
        )
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
        raise BadPersona(f"{name}: {error}") from error
    if problems := list(_find_problems(persona)):
        raise BadPersona(f"{name}: {'; '.join(problems)}")
    return persona


def _load_persona(path: Path) -> Persona:
    try:
        content = load_written(path)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadPersona(f"{path.name}: {error}") from error
    return parse_persona(path.stem, content)


def _parse_state(state_id: str, written: Mapping[str, Any]) -> State:
    hears = tuple(
        Hear(frozenset(one["to"]), tuple(one["say"]), one.get("next", state_id))
        for one in written.get("hears", ())
    )
    return State(hears, tuple(written.get("otherwise", ())))


def _parse_feedback(written: Mapping[str, Any]) -> Feedback:
    ((when, signal),) = ((key, value) for key, value in written.items() if key != "say")
    if when not in _WHEN:
        raise ValueError(f"there is no feedback '{when}'")
    return Feedback(when, signal, written["say"])


def _find_problems(persona: Persona) -> Iterator[str]:
    """Whatever would leave the trainee without an answer, or the script without an end."""
    known = find_names()
    used = {one.signal for one in persona.feedback}
    for name, state in persona.states.items():
        if not state.ends and not state.otherwise:
            yield f"'{name}' has no answer to anything else"
        for hear in state.hears:
            used |= hear.signals
            if hear.next not in persona.states:
                yield f"'{name}' leads to '{hear.next}', which is not there"
    if strange := used - known:
        yield f"there are no signals {', '.join(sorted(strange))}"
    if lost := persona.states.keys() - _find_reachable(persona):
        yield f"nothing leads to {', '.join(sorted(lost))}"
    if not any(state.ends for state in persona.states.values()):
        yield "it never ends"


def _find_reachable(persona: Persona) -> set[str]:
    found, open_ones = set[str](), [persona.start]
    while open_ones:
        name = open_ones.pop()
        if name in persona.states and name not in found:
            found.add(name)
            open_ones += [hear.next for hear in persona.states[name].hears]
    return found
