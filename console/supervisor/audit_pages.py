"""What the staff did and saw, newest first, and whether anybody has changed the log."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Response

from bot.store.audit import verify_audit
from bot.store.audit_pages import PAGE, Sieve, find_entries, find_kinds
from bot.store.staff import find_all_staff
from console.house import House
from console.members import Member, allowed


@dataclass(frozen=True)
class Asked:
    """The filters as they came, to be shown again in the form."""

    staff: str = ""
    what: str = ""
    day: str = ""
    person: str = ""
    before: str = ""


def routes(house: House) -> APIRouter:
    """``/audit``; the whole chain is looked at on ``/audit/check``, which takes a while."""
    router = APIRouter()
    member_here = Annotated[Member, Depends(allowed(house, "audit"))]

    @router.get("/audit")
    async def page(member: member_here, untrusted: Annotated[Asked, Depends()]) -> Response:
        return await _show(house, member, untrusted)

    @router.get("/audit/check")
    async def check(member: member_here) -> Response:
        async with house.sessions() as session:
            broken = await verify_audit(session)
        return await _show(house, member, Asked(), checked=True, broken=broken)

    return router


def parse_sieve(untrusted: Asked, timezone: ZoneInfo) -> tuple[Sieve, int | None] | None:
    """The filters and where the page begins; ``None`` when they cannot be meant."""
    try:
        since = _parse_day(untrusted.day, timezone)
        sieve = Sieve(
            staff_id=uuid.UUID(untrusted.staff) if untrusted.staff else None,
            person_id=uuid.UUID(untrusted.person) if untrusted.person else None,
            what=untrusted.what.replace("\0", ""),
            since=since,
            until=since and since + timedelta(days=1),
        )
        return sieve, _parse_position(untrusted.before)
    except (ValueError, OverflowError):
        return None


async def _show(
    house: House, member: Member, untrusted: Asked, *, checked: bool = False,
    broken: int | None = None,
) -> Response:  # fmt: skip
    parsed = parse_sieve(untrusted, house.site.timezone)
    async with house.sessions() as session:
        staff, kinds = await find_all_staff(session), await find_kinds(session)
        entries = await find_entries(session, *parsed) if parsed else []
    return house.pages.show(
        member,
        "audit.html",
        status=200 if parsed else 422,
        asked=untrusted,
        understood=parsed is not None,
        staff=staff,
        staff_names={str(one.id): one.name for one in staff},
        kinds=kinds,
        entries=entries[:PAGE],
        older=_older(untrusted, entries[PAGE - 1].position) if len(entries) > PAGE else None,
        checked=checked,
        broken=broken,
    )


def _older(untrusted: Asked, position: int) -> str:
    """The address of the next page, with the same filters."""
    kept = {name: value for name, value in vars(untrusted).items() if value}
    return f"/audit?{urlencode({**kept, 'before': position})}"


def _parse_day(untrusted: str, timezone: ZoneInfo) -> datetime | None:
    if not untrusted:
        return None
    return datetime.combine(date.fromisoformat(untrusted), time(), timezone)


def _parse_position(untrusted: str) -> int | None:
    if not untrusted:
        return None
    position = int(untrusted)
    if not 0 <= position < 2**63:
        raise ValueError(position)
    return position
