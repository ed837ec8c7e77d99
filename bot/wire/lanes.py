"""How fast a vendor lets messages through."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    """A queue of the vendor's that a message passes: ``per_second`` messages and no more.

    Messages with the same ``name`` share the lane, whoever sends them. A name may hold an
    address, so it is written nowhere in clear.
    """

    name: str
    per_second: float
