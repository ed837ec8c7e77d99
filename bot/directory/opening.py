"""Whether an import would open what is confidential here: only who saw a mark takes it away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.errors import OpensConfidential
from bot.store.marked_entries import Marked, find_marked

if TYPE_CHECKING:
    from bot.directory.importing import Package


async def require_marks(session: AsyncSession, package: Package) -> None:
    """Raises ``OpensConfidential`` when a package holds without a mark what is confidential here.

    What it leaves out is not opened: then nobody is told of it.
    """
    told = _find_unmarked(package)
    if names := [one.name for one in await find_marked(session) if _is_opened(one, told)]:
        raise OpensConfidential(names)


@dataclass(frozen=True)
class _Unmarked:
    """Ids of all that a package holds and does not mark. ``organizations`` are those of such
    services: what marks an organization marks all of them. ``elsewhere`` are such services that
    have places, and none of them confidential.
    """

    services: frozenset[str]
    organizations: frozenset[str]
    places: frozenset[str]
    elsewhere: frozenset[str]


def _find_unmarked(package: Package) -> _Unmarked:
    rows = [row for row in package.services if row.get("id") not in package.hidden.services]
    hidden = package.hidden.locations
    places = {row.get("id"): package.nesting.find_places_of(row.get("id")) for row in rows}
    return _Unmarked(
        services=frozenset(places),
        organizations=frozenset(row.get("organization_id") for row in rows),
        places=package.nesting.find_places() - hidden,
        elsewhere=frozenset(one for one, its in places.items() if its and its.isdisjoint(hidden)),
    )


def _is_opened(one: Marked, told: _Unmarked) -> bool:
    """Whether the package would take a mark of this entry away."""
    if one.organization and one.organization_id in told.organizations:
        return True
    if (one.itself or one.organization) and one.id in told.services:
        return True
    if one.everywhere and one.id in told.elsewhere:  # perhaps the same place under another id
        return True
    return not one.places.isdisjoint(told.places)
