"""Where somebody works here, as the forms about the staff choose it."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.staff import Place
from bot.store.tables import ServiceRow
from console.house import House
from console.supervisor.staff_forms import Wished, parse_place

OWN = "This is your own account. Somebody else has to do this."
NO_AGENCY = "The directory has no service with this id."


async def find_place(house: House, session: AsyncSession, wished: Wished) -> Place | str:
    """The place, of an agency that is in the directory; or a sentence on what is wrong."""
    place = parse_place(wished, house.site, house.permissions)
    if not isinstance(place, Place) or not place.agency:
        return place
    known = await session.scalar(select(exists().where(ServiceRow.id == place.agency)))
    return place if known else NO_AGENCY


def find_choices(house: House) -> dict[str, object]:
    """What the forms let choose."""
    return {
        "roles": list(house.permissions.roles),
        "teams": [team.name for team in house.site.teams],
        "site_languages": house.site.languages,
    }
