"""Which services turn people away, as people say: counts, and nothing of a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from bot.store.outcomes import FEWEST_ANSWERS, WORRYING, Record, find_worrying
from bot.store.services import find_names
from console.house import House
from console.members import Member, allowed


@dataclass(frozen=True)
class Service:
    """A service that needs a look; ``name`` is its id once it has left the directory."""

    name: str
    record: Record


def routes(house: House) -> APIRouter:
    """``/services``."""
    router = APIRouter()
    member_here = Annotated[Member, Depends(allowed(house, "services"))]

    @router.get("/services")
    async def page(member: member_here) -> Response:
        async with house.sessions() as session:
            records = await find_worrying(session, house.now())
            names = await find_names(session, records)
        return house.pages.show(
            member, "services.html", services=_rank(records, names), fewest=FEWEST_ANSWERS,
            share=f"{WORRYING:.0%}",
        )  # fmt: skip

    return router


def _rank(records: Mapping[str, Record], names: Mapping[str, str]) -> list[Service]:
    """The worst first; of equals, the one of which more people said so."""
    found = [Service(names.get(id_, id_), record) for id_, record in records.items()]
    return sorted(found, key=lambda one: (-_share(one.record), -one.record.answers, one.name))


def _share(record: Record) -> float:
    return record.turned_away / record.answers
