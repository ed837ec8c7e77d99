"""Openings that staff enter for a service, beside what the providers' calendars say."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.audit import save_audit
from bot.store.slots import CONSOLE, GENDERS, Slot, find_entered, find_taken, save_slots
from bot.store.tables import ServiceRow
from console.house import House
from console.members import Member, allowed

#: Minutes of one opening.
LENGTHS = (15, 30, 45, 60, 90, 120)


class Wrong(Exception):
    """What is wrong with the form, as a sentence."""


def routes(house: House) -> APIRouter:
    """``/openings``."""
    router = APIRouter()
    openings = Annotated[Member, Depends(allowed(house, "openings"))]

    @router.get("/openings")
    async def page(member: openings, service: str = "") -> Response:
        return await _show(house, member, service)

    @router.post("/openings")
    async def add(request: Request, member: openings) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        service = form.get("service", "")
        async with house.sessions.begin() as session:
            kept = await _find_kept(house, session, service)
            try:
                added = _parse_openings(house, service, form, kept)
            except Wrong as wrong:
                return await _show(house, member, service, fault=str(wrong), status=422)
            await save_slots(session, _source(service), [*kept, *added], house.now())
            await save_audit(session, member.id, "openings_added", house.now(), about=service)
        return RedirectResponse(f"/openings?service={service}", status_code=303)

    @router.post("/openings/remove")
    async def remove(
        member: openings, service: Annotated[str, Form()], opening: Annotated[uuid.UUID, Form()]
    ) -> Response:
        async with house.sessions.begin() as session:
            kept = await _find_kept(house, session, service)
            if await find_taken(session, [opening], house.now()):
                fault = "Somebody has booked this one. Cancel with them first."
                return await _show(house, member, service, fault=fault, status=409)
            left = [one for one in kept if one.id != opening]
            await save_slots(session, _source(service), left, house.now())
            await save_audit(session, member.id, "opening_removed", house.now(), about=service)
        return RedirectResponse(f"/openings?service={service}", status_code=303)

    return router


def _source(service: str) -> str:
    return f"{CONSOLE}{service}"


async def _find_kept(house: House, session: AsyncSession, service: str) -> list[Slot]:
    """What was entered before and is not over. Raises 422 for a service that does not exist."""
    if "\0" in service or await session.get(ServiceRow, service) is None:
        raise HTTPException(422)
    return await find_entered(session, _source(service), house.now())


def _parse_openings(
    house: House, service: str, form: dict[str, str], kept: list[Slot]
) -> list[Slot]:
    """One opening after another between two times of a day. Raises :class:`Wrong`."""
    try:
        day, minutes = date.fromisoformat(form["day"]), int(form["minutes"])
        starts, ends = (time.fromisoformat(form[name]) for name in ("starts", "ends"))
    except (KeyError, ValueError) as error:
        raise Wrong("Fill in the day, both times and the length.") from error
    if minutes not in LENGTHS:
        raise Wrong("Choose one of the lengths.")
    zone = house.site.timezone
    # Reckoned in UTC, so that the night when the clocks change has its true length.
    now, begin = house.now(), datetime.combine(day, starts, zone).astimezone(house.now().tzinfo)
    end = datetime.combine(day, ends, zone).astimezone(begin.tzinfo)
    if begin <= now:
        raise Wrong("This is in the past.")
    if end <= begin or end - begin < timedelta(minutes=minutes):
        raise Wrong("The end must come after the start, with room for one opening.")
    slots = _cut(_template(service, form), begin, end, timedelta(minutes=minutes))
    if any(a.starts_at < b.ends_at and b.starts_at < a.ends_at for a in slots for b in kept):
        raise Wrong("Some of this overlaps with openings that are there already.")
    return slots


def _template(service: str, form: dict[str, str]) -> dict[str, Any]:
    gender = form.get("gender", "")
    languages = tuple(code for code in ("en", "es") if form.get(f"language_{code}"))
    return {
        "service_id": service,
        "remote": bool(form.get("remote")),
        "languages": languages,
        "provider_gender": gender if gender in GENDERS else None,
        "child_care": bool(form.get("child_care")),
        "interpreter": bool(form.get("interpreter")),
    }


def _cut(template: dict[str, Any], begin: datetime, end: datetime, each: timedelta) -> list[Slot]:
    slots, source = [], _source(template["service_id"])
    while begin + each <= end:
        key = begin.isoformat()
        slots.append(Slot(source, key, starts_at=begin, ends_at=begin + each, **template))
        begin += each
    return slots


async def _show(
    house: House, member: Member, service: str, *, fault: str | None = None, status: int = 200
) -> Response:
    async with house.sessions() as session:
        services = (
            await session.execute(select(ServiceRow.id, ServiceRow.name).order_by(ServiceRow.name))
        ).all()
        entered = await find_entered(session, _source(service), house.now()) if service else []
        taken = await find_taken(session, [one.id for one in entered], house.now())
    return house.pages.show(
        member, "openings.html", status=status, fault=fault, services=services, service=service,
        entered=entered, taken=taken, lengths=LENGTHS, genders=sorted(GENDERS),
        today=house.now().astimezone(house.site.timezone).date(),
    )  # fmt: skip
