"""From the name of an area that is served to a spot on the map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.directory.places import Places

Point = tuple[float | None, float | None]


@dataclass(frozen=True)
class Areas:
    """The known places; ``home_state`` decides between several towns of one name."""

    places: Places
    home_state: str | None = None

    def find_middle(self, names: Iterable[str], *, whole_town: bool) -> Point:
        """Degrees of the first area whose town is certain.

        With ``whole_town`` a ZIP code stands for its town and tells no more than its name.
        """
        for name in names:
            found = self.places.find(name, self.home_state)
            if found and (len(found) == 1 or found[0].state == self.home_state):
                place = self.places.find_town(found[0]) if whole_town else found[0]
                return place.latitude, place.longitude
        return None, None
