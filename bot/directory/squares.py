"""Squares of the map, half a degree wide: what is near lies in a square or beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator

#: Squares to a degree; half a degree of latitude is 35 miles.
PER_DEGREE = 2
NATIONWIDE = "us"
ANYWHERE = "*"

_EARTH_RADIUS_MILES = 3958.8


def square(latitude: float, longitude: float) -> tuple[int, int]:
    """The square that holds a point given in degrees."""
    return math.floor(latitude * PER_DEGREE), math.floor(longitude * PER_DEGREE)


def key(need: str, where: object) -> str:
    """What a service is found by: a need, and a square, the whole nation, or anywhere."""
    return f"{need}@{where}"


def square_key(need: str, latitude: float, longitude: float) -> str:
    """The key of a service at a point."""
    north, east = square(latitude, longitude)
    return key(need, f"{north}:{east}")


def keys_around(need: str, latitude: float, longitude: float, reach: int) -> Iterator[str]:
    """The keys of the square at a point and of those up to ``reach`` squares away."""
    north, east = square(latitude, longitude)
    for row in range(north - reach, north + reach + 1):
        for column in range(east - reach, east + reach + 1):
            yield key(need, f"{row}:{column}")


def distance_miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The way from ``a`` to ``b`` as the crow flies; both are latitude and longitude."""
    (lat_a, lon_a), (lat_b, lon_b) = ([math.radians(x) for x in point] for point in (a, b))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_MILES * math.asin(math.sqrt(half))
