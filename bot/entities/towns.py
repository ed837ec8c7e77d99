"""Towns that a message names plainly: "in eugene", "Yuma, AZ", "vivo en las cruces".

``Places.find`` reads an answer to "where?", and guesses at misspelt names. Any other
message is full of words that are also towns, so here a name must be spelt right and stand
where one speaks of a place: behind "in" or "cerca de", before a state, or alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from bot.directory.places import MOST_WORDS, Place, Places
from bot.entities.states import MOST_WORDS as STATE_WORDS
from bot.entities.states import all_states, find_state


@dataclass(frozen=True)
class Town:
    """A town in a text; ``places`` are all of its name, the one at home first."""

    start: int
    end: int
    places: tuple[Place, ...]


_WORD = re.compile(r"[^\W_]+")
_CUE = re.compile(
    r"\b(?:(?:(?:live|living|stay\w*|i\s?am|im|were|we are|looking|look|work|help|shelters?|any\w+"
    r"|some\w+|place|search|clinic|lawyer|food|housing"
    r"|vivo|vivimos|estoy|estamos|toy|ando|busca|busco|algo"
    r"|ayuda|refugios?|albergues?|trabajo|quedo|quedando|lugar|hay|right now|ahorita)"
    r"\s(?:\w+\s)?)?"
    r"(?:in|en|por|x)|near|around|outside(?:\sof)?|close to|from|(?:nor|sou)th\sof|(?:ea|we)st\sof"
    r"|cerca de|afueras de|ciudad de|soy de|vengo de|lleg(?:ue|ar) a|g[eo]t to|moved to"
    r"|(?:town|city) is"
    r"|mas cerca es|se llama|try)\s+"
)
#: Where a name stops: at the end of a sentence or of a part of it.
_STOP = re.compile(r"(?<!\bst)\.|[:;!?\n()/]|,(?=\s*(?:and|y|but|pero|i|yo|my|mi)\b)")
_COMMA = re.compile(r",\s?(?=[a-z]{2})")
#: What may stand behind a name that is the whole message.
_REST = re.compile(r"\W*(?:(?:area|please|pls|porfa|por favor|usa|right now|ahorita)\W*)?$")
_LONGEST_NAME, _MOST_CUES, _SHORT = 60, 6, 6


def find_towns(plain: str, places: Places, home_state: str | None) -> Iterator[Town]:
    """The towns in a message, first to last."""
    read_until = 0
    for start in sorted(islice(_find_starts(plain), _MOST_CUES)):
        town = _read(plain, start, places, home_state) if start >= read_until else None
        if town:
            read_until = town.end
            yield town


def _find_starts(plain: str) -> Iterator[int]:
    """Where a name may begin: behind a word for a place, before a state, or at the start."""
    yield from (match.end() for match in _CUE.finditer(plain))
    words = list(_WORD.finditer(plain))
    if 0 < len(words) <= _SHORT:
        yield words[0].start()
    for comma in _COMMA.finditer(plain):
        if find_state([word[0] for word in _words(plain, comma.end())]):
            before = [word.start() for word in words if word.end() <= comma.start()]
            yield from before[-MOST_WORDS:]


def _words(plain: str, start: int) -> list[re.Match[str]]:
    """The words from a place on that may be a name and a state."""
    stop = _STOP.search(plain, start)
    end = min(stop.start() if stop else len(plain), start + _LONGEST_NAME)
    return list(islice(_WORD.finditer(plain, start, end), MOST_WORDS + STATE_WORDS))


def _read(plain: str, start: int, places: Places, home_state: str | None) -> Town | None:
    """The longest name that begins at ``start``, with the state behind it."""
    words = _words(plain, start)
    if not words or words[0][0] in _listed("no_beginning"):
        return None
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        name = " ".join(word[0] for word in words[:length])
        state = find_state([word[0] for word in words[length:]])
        if found := _look_up(name, state[0] if state else None, places, home_state):
            end = words[length - 1 + (state[1] if state else 0)].end()
            return Town(start, end, found) if state or _is_plain(plain, start, end) else None
    return None


def _is_plain(plain: str, start: int, end: int) -> bool:
    """Whether a name without a state stands behind a word for a place, or alone."""
    behind = any(match.end() == start for match in _CUE.finditer(plain))
    return behind or bool(not plain[:start].strip() and _REST.match(plain, end))


def _look_up(
    name: str, state: str | None, places: Places, home_state: str | None
) -> tuple[Place, ...]:
    """The towns of exactly this name; in one state, or in all of them if it is no mere word."""
    if state:
        return _in_states(name, (state,), places)
    if name in _listed("no_town") or not _in_states(name, all_states(), places):
        return ()
    # The directory knows which names people write when they mean a word.
    return tuple(places.find(name, home_state))


def _in_states(name: str, states: tuple[str, ...], places: Places) -> tuple[Place, ...]:
    found = (_in_state(name, state, places) for state in states)
    return tuple(place for place in found if place)


def _in_state(name: str, state: str, places: Places) -> Place | None:
    try:
        return places.find_town(Place(name, state, 0, 0))
    except IndexError:
        return None


@cache
def _listed(name: str) -> frozenset[str]:
    text = Path(__file__).with_name("towns.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name])
