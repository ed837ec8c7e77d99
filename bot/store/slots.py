"""Slots that can be booked: saved as a calendar says them, found by what a person wishes."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Time, cast, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.store.tables import BookingRow, SlotRow
from bot.store.tables.booking import BOOKED, HELD

#: Nobody is offered a slot that begins sooner than this.
LEAD = timedelta(hours=1)
#: How long what is over is kept, so that a person may still say how it went.
KEEP_PAST = timedelta(days=7)
#: Genders of a provider, as calendars and wishes name them.
GENDERS = frozenset({"woman", "man", "nonbinary"})

#: How the sources begin that providers enter in the console.
CONSOLE = "console:"

#: Slots get their ids from this and from where they come from, so that they keep them.
_NAMES = uuid.UUID("5f0c7a52-6a0e-4d7b-9a3c-0d6f3a3f1c55")
#: Slots written by one statement; each has twelve values, and a statement takes 65535.
_BATCH = 1000


@dataclass(frozen=True)
class Slot:
    """One opening of a service, from ``starts_at`` until ``ends_at``, both with a time zone.

    ``source`` is the calendar's name, or :data:`CONSOLE` and the service; ``source_key`` tells the
    slot from all others there. ``languages`` are codes, as the directory has them.
    """

    source: str
    source_key: str
    service_id: str
    starts_at: datetime
    ends_at: datetime
    remote: bool = False
    languages: tuple[str, ...] = ()
    provider_gender: str | None = None
    child_care: bool = False
    interpreter: bool = False
    transport: bool = False

    @property
    def id(self) -> uuid.UUID:
        """The same for as long as the source calls the slot the same."""
        return uuid.uuid5(_NAMES, f"{self.source}\x1f{self.source_key}")


@dataclass(frozen=True)
class SlotWishes:
    """What a person looks for; what is ``None`` or ``False`` does not matter to them.

    ``part_of_day`` is from when to when a slot may begin, in ``timezone``, the end not included;
    an end that is not after the start is on the next day. An interpreter helps where nobody
    speaks ``language``.
    """

    timezone: ZoneInfo
    service_id: str | None = None
    service_ids: tuple[str, ...] | None = None
    from_: datetime | None = None
    until: datetime | None = None
    part_of_day: tuple[time, time] | None = None
    remote: bool | None = None
    language: str | None = None
    provider_gender: str | None = None
    child_care: bool = False
    interpreter: bool = False
    transport: bool = False


async def save_slots(
    session: AsyncSession, source: str, slots: Sequence[Slot], now: datetime
) -> None:
    """Put everything that ``source`` offers in the place of what it offered before.

    What is missing now is marked as gone; bookings of it stand. Raises ``ValueError`` for a
    slot of another source.
    """
    if any(slot.source != source for slot in slots):
        raise ValueError(source)
    # In one order, so that two writers of one calendar wait for each other.
    by_id = sorted({slot.id: slot for slot in slots}.items())
    for start in range(0, len(by_id), _BATCH):
        await _upsert(session, [slot for _, slot in by_id[start : start + _BATCH]])
    offered = [slot_id for slot_id, _ in by_id]
    await session.execute(
        update(SlotRow)
        .where(SlotRow.source == source, SlotRow.gone_at.is_(None))
        .where(SlotRow.id.not_in(offered))
        .values(gone_at=now)
    )


async def withdraw_calendars(session: AsyncSession, kept: Collection[str], now: datetime) -> None:
    """Nothing more is offered by calendars that are not among ``kept``; the console's stay."""
    await session.execute(
        update(SlotRow)
        .where(SlotRow.source.not_in(kept), ~SlotRow.source.startswith(CONSOLE))
        .where(SlotRow.gone_at.is_(None))
        .values(gone_at=now)
    )


async def find_slot(session: AsyncSession, slot_id: uuid.UUID) -> Slot | None:
    """One slot by its id, whether or not it is free."""
    row = await session.get(SlotRow, slot_id, populate_existing=True)
    return open_slot(row) if row else None


async def find_free_slots(
    session: AsyncSession, wishes: SlotWishes, now: datetime, limit: int = 3, offset: int = 0
) -> list[Slot]:
    """Free slots that fit: the first of each service, then the second of each, earliest first.

    Slots of one service that begin at once and differ in nothing are one choice.
    """
    same = (SlotRow.service_id, SlotRow.starts_at, SlotRow.remote, SlotRow.provider_gender)
    choices = _fitting(wishes, now).ext(distinct_on(*same)).order_by(*same, SlotRow.id).subquery()
    choice = aliased(SlotRow, choices)
    nth = func.row_number().over(
        partition_by=choice.service_id, order_by=(choice.starts_at, choice.id)
    )
    found = select(choice).order_by(nth, choice.starts_at, choice.id)
    rows = await session.scalars(found.limit(limit).offset(offset))
    return [open_slot(row) for row in rows]


async def forget_past_slots(session: AsyncSession, now: datetime) -> None:
    """Delete slots that are over and that no booking needs any more."""
    await session.execute(
        delete(SlotRow).where(
            SlotRow.ends_at < now - KEEP_PAST, ~exists().where(BookingRow.slot_id == SlotRow.id)
        )
    )


def is_taken(now: datetime) -> ColumnElement[bool]:
    """Whether a booking takes its slot at ``now``; a hold that is over does not."""
    held = (BookingRow.state == HELD) & (BookingRow.held_until > now)
    return (BookingRow.state == BOOKED) | held


async def find_entered(session: AsyncSession, source: str, now: datetime) -> list[Slot]:
    """What ``source`` offers and what is not over, the soonest first."""
    offered = select(SlotRow).where(SlotRow.source == source, SlotRow.gone_at.is_(None))
    ahead = offered.where(SlotRow.ends_at > now).order_by(SlotRow.starts_at)
    return [open_slot(row) for row in await session.scalars(ahead)]


async def find_taken(
    session: AsyncSession, slot_ids: Collection[uuid.UUID], now: datetime
) -> set[uuid.UUID]:
    """Those of ``slot_ids`` that somebody has booked, or holds at the moment."""
    taken = select(BookingRow.slot_id).where(BookingRow.slot_id.in_(slot_ids), is_taken(now))
    return set(await session.scalars(taken))


def open_slot(row: SlotRow) -> Slot:
    """The slot of a row."""
    return Slot(
        source=row.source,
        source_key=row.source_key,
        service_id=row.service_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        remote=row.remote,
        languages=tuple(row.languages),
        provider_gender=row.provider_gender,
        child_care=row.child_care,
        interpreter=row.interpreter,
        transport=row.transport,
    )


async def _upsert(session: AsyncSession, slots: Sequence[Slot]) -> None:
    """A slot that was gone is back."""
    values = [{**_values(slot), "gone_at": None} for slot in slots]
    offered = insert(SlotRow).values(values)
    changed = {name: offered.excluded[name] for name in values[0] if name != "id"}
    await session.execute(offered.on_conflict_do_update(index_elements=["id"], set_=changed))


def _values(slot: Slot) -> dict[str, Any]:
    return {"id": slot.id, **asdict(slot), "languages": list(slot.languages)}


def _fitting(wishes: SlotWishes, now: datetime) -> Select[SlotRow]:
    return select(SlotRow).where(
        SlotRow.gone_at.is_(None),
        SlotRow.starts_at >= max(wishes.from_ or now, now + LEAD),
        ~exists().where(BookingRow.slot_id == SlotRow.id, is_taken(now)),
        *_wished(wishes),
    )


def _wished(wishes: SlotWishes) -> list[ColumnElement[bool]]:
    """A condition for each wish."""
    conditions: list[ColumnElement[bool]] = []
    if wishes.service_id is not None:
        conditions.append(SlotRow.service_id == wishes.service_id)
    if wishes.service_ids is not None:
        conditions.append(SlotRow.service_id.in_(wishes.service_ids))
    if wishes.until is not None:
        conditions.append(SlotRow.starts_at < wishes.until)
    if wishes.part_of_day is not None:
        conditions.append(_begins_in(*wishes.part_of_day, wishes.timezone))
    if wishes.remote is not None:
        conditions.append(SlotRow.remote == wishes.remote)
    if wishes.provider_gender is not None:
        conditions.append(SlotRow.provider_gender == wishes.provider_gender)
    return [*conditions, *_needed(wishes)]


def _needed(wishes: SlotWishes) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wishes.language is not None:
        spoken = SlotRow.languages.contains([wishes.language])
        conditions.append(or_(spoken, SlotRow.interpreter.is_(True)))
    if wishes.child_care:
        conditions.append(SlotRow.child_care.is_(True))
    if wishes.interpreter:
        conditions.append(SlotRow.interpreter.is_(True))
    if wishes.transport:
        conditions.append(SlotRow.transport.is_(True))
    return conditions


def _begins_in(first: time, last: time, timezone: ZoneInfo) -> ColumnElement[bool]:
    """Whether a slot begins between two times of day there, daylight saving or not."""
    begins = cast(func.timezone(timezone.key, SlotRow.starts_at), Time)
    if first < last:
        return (begins >= first) & (begins < last)
    return (begins >= first) | (begins < last)
