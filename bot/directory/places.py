"""Places in a text: ZIP codes and towns, with the middle of each on the map."""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from statistics import fmean

import zipcodes

#: How alike a misspelt town must be to a known one, from 0 to 1.
ALIKE = 0.88
#: Shorter names are too easily hit by chance when they are misspelt.
SHORTEST_MISSPELT = 6
MOST_WORDS = 4
LONGEST_TEXT = 200

_NOT_TOWNS = Path(__file__).with_name("not_towns.txt")
_ZIP = re.compile(r"(?<!\d)(\d{5})(?:-\d{4})?(?!\d)")
_STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA",
    "colorado": "CO", "connecticut": "CT", "delaware": "DE", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA",
    "kansas": "KS", "kentucky": "KY", "louisiana": "LA", "maine": "ME", "maryland": "MD",
    "massachusetts": "MA", "michigan": "MI", "minnesota": "MN", "mississippi": "MS",
    "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV",
    "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY",
    "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK",
    "oregon": "OR", "pennsylvania": "PA", "rhode island": "RI", "south carolina": "SC",
    "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI",
    "wyoming": "WY", "puerto rico": "PR", "district of columbia": "DC",
}  # fmt: skip
_CODES = {code.lower(): code for code in _STATES.values()}
#: States' codes that are words of their own; these count only at the end of a text.
_WORDS = frozenset(
    ("al", "co", "de", "hi", "id", "in", "la", "ma", "me", "mi", "oh", "ok", "or", "pa")
)
#: Words before a name; with one of them it is no misspelt name.
_BEFORE = frozenset(("am", "at", "by", "cerca", "en", "from", "in", "live", "near", "to", "vivo"))


@dataclass(frozen=True)
class Place:
    """A ZIP code's or a town's middle, in degrees."""

    name: str
    state: str
    latitude: float
    longitude: float
    zip: str | None = None

    @property
    def title(self) -> str:
        """As a person would write it."""
        return f"{self.name}, {self.state}"


class Places:
    """Every ZIP code and town of the United States, and a site's own besides."""

    def __init__(self, own: Iterable[Place] = ()) -> None:
        self._own = tuple(own)

    def find(self, untrusted_text: str, home_state: str | None = None) -> list[Place]:
        """Places that a text names; towns of one name are sorted, those at home first.

        Empty when it names none. Misspelt towns are found when they are close enough.
        """
        if found := self.find_zip(untrusted_text):
            return [found]
        towns = self._find_towns(_plain(untrusted_text[:LONGEST_TEXT]).split())
        return sorted(towns, key=lambda place: (place.state != home_state, place.state))

    def find_zip(self, untrusted_text: str) -> Place | None:
        """The first ZIP code in a text that exists."""
        codes = _ZIP.findall(untrusted_text[:LONGEST_TEXT])
        return next((self._zips[code] for code in codes if code in self._zips), None)

    def find_town(self, place: Place) -> Place:
        """The middle of the whole town that a ZIP code lies in."""
        return self._towns_named(_plain(place.name), place.state)[0]

    def _find_towns(self, words: list[str]) -> list[Place]:
        """Names of several words first, well spelt and then misspelt; then single words."""
        several = [
            run for n in range(min(MOST_WORDS, len(words)), 1, -1) for run in _runs(words, n)
        ]
        single = list(_runs(words, 1))
        for runs in (several, single):
            for look in (self._towns_named, self._misspelt):
                for name, state in runs:
                    if towns := look(name, state):
                        return towns
        return []

    def _towns_named(self, name: str, state: str | None) -> list[Place]:
        towns = self._towns.get(name, [])
        return [town for town in towns if state in {None, town.state}]

    def _misspelt(self, name: str, state: str | None) -> list[Place]:
        words = name.split()
        if len(name) < SHORTEST_MISSPELT or words[0] in _BEFORE or _state(words[-1:]):
            return []
        if _not_towns().issuperset(words):
            return []
        near = self._names_by_start.get(name[0], ())
        close = difflib.get_close_matches(name, near, n=1, cutoff=ALIKE)
        return self._towns_named(close[0], state) if close else []

    @cached_property
    def _zips(self) -> Mapping[str, Place]:
        known = {place.zip: place for place in _all_zips() if place.zip}
        return known | {place.zip: place for place in self._own if place.zip}

    @cached_property
    def _towns(self) -> Mapping[str, list[Place]]:
        places = [*self._zips.values(), *self._own]
        plain = {name: _plain(name) for name in {place.name for place in places}}
        by_town: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for place in places:
            by_town[plain[place.name], place.state].append(place)
        towns: dict[str, list[Place]] = defaultdict(list)
        for (name, state), parts in by_town.items():
            towns[name].append(_middle(parts[0].name, state, parts))
        return towns

    @cached_property
    def _names_by_start(self) -> Mapping[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for name in self._towns:
            if name:
                names[name[0]].append(name)
        return names


def load_places(site_path: Path) -> Places:
    """The places with those in the site's ``places.toml``, if it has one."""
    file = site_path / "places.toml"
    if not file.exists():
        return Places()
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return Places(Place(**place) for place in content["places"])


def _all_zips() -> Iterator[Place]:
    for row in zipcodes.list_all():  # type: ignore[no-untyped-call]
        if row["lat"] and row["long"]:
            yield Place(
                row["city"], row["state"], float(row["lat"]), float(row["long"]), row["zip_code"]
            )


def _middle(name: str, state: str, parts: list[Place]) -> Place:
    latitude = fmean(part.latitude for part in parts)
    return Place(name, state, latitude, fmean(part.longitude for part in parts))


def _runs(words: list[str], length: int) -> Iterator[tuple[str, str | None]]:
    """Runs of ``length`` words that may be a town, with the state that follows each."""
    for start in range(len(words) - length + 1):
        name = " ".join(words[start : start + length])
        state = _state(words[start + length :])
        if state or name not in _not_towns():
            yield name, state


def _state(after: list[str]) -> str | None:
    """The state that a text goes on with: Oregon, OR, in Oregon."""
    if after[:1] == ["in"] and len(after) > 1:
        return _state(after[1:])
    code = "".join(after[:1])
    if code in _WORDS and len(after) > 1:
        return None
    return _STATES.get(" ".join(after[:2])) or _STATES.get(code) or _CODES.get(code)


@cache
def _not_towns() -> frozenset[str]:
    lines = _NOT_TOWNS.read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(lines[1:]).split()) | frozenset(_STATES) - {"new york"}


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    words = " ".join("".join(kept).split())
    return re.sub(r"\bst\b", "saint", re.sub(r"\bd c\b", "dc", words))
