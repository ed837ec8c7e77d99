"""When a site offers a person, beside danger, which always calls one: the table ``[offer]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import SiteError

#: Messages in a row that were not understood. Nobody is to try more often than this.
SOONEST, LATEST = 1, 5


@dataclass(frozen=True)
class Offer:
    """``after_misunderstood`` is the miss in a row from which on a person is offered.

    ``for_needs`` are needs, such as ``legal``, whose services come with the offer of a person.
    """

    after_misunderstood: int = 3
    for_needs: tuple[str, ...] = ()


def parse_offer(path: Path, content: Mapping[str, Any]) -> Offer:
    """The table ``[offer]``. Raises :class:`SiteError` with what is wrong."""
    untrusted = content.get("offer", {})
    known = {"after_misunderstood", "for_needs"}
    if not isinstance(untrusted, Mapping) or not untrusted.keys() <= known:
        raise SiteError(path, f"may hold in [offer] only {', '.join(sorted(known))}")
    return Offer(
        _parse_misses(path, untrusted.get("after_misunderstood", Offer.after_misunderstood)),
        _parse_needs(path, untrusted.get("for_needs", [])),
    )


def _parse_misses(path: Path, untrusted: Any) -> int:
    whole = isinstance(untrusted, int) and not isinstance(untrusted, bool)
    if not whole or not SOONEST <= untrusted <= LATEST:
        raise SiteError(path, f"needs in [offer] after_misunderstood of {SOONEST} to {LATEST}")
    return int(untrusted)


def _parse_needs(path: Path, untrusted: Any) -> tuple[str, ...]:
    if not isinstance(untrusted, list) or not all(isinstance(one, str) for one in untrusted):
        raise SiteError(path, 'needs in [offer] for_needs as a list such as ["legal"]')
    return tuple(untrusted)
