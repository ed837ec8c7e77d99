"""Each wish finds what fits and nothing else."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.store.slots import LEAD, Slot, SlotWishes, find_free_slots, find_slot
from tests.appointments.desk import NOW, Desk, open_desk, slot

PACIFIC = ZoneInfo("America/Los_Angeles")
PLAIN = slot(0)


def find(url: str, offered: list[Slot], **wishes: Any) -> list[Slot]:
    """What is found of what is offered."""

    async def look() -> list[Slot]:
        async with open_desk(url) as desk:
            await desk.offer(offered)
            return await _find(desk, **wishes)

    return asyncio.run(look())


async def _find(
    desk: Desk, now: datetime = NOW, limit: int = 50, offset: int = 0, **wishes: Any
) -> list[Slot]:
    async with desk.sessions() as session:
        wished = SlotWishes(PACIFIC, **wishes)
        return await find_free_slots(session, wished, now, limit, offset)


@pytest.mark.parametrize(
    ("wishes", "fitting"),
    [
        ({"service_id": "other"}, {"service_id": "other"}),
        ({"service_ids": ("other", "third")}, {"service_id": "third"}),
        ({"remote": True}, {"remote": True}),
        ({"language": "es"}, {"languages": ("en", "es")}),
        ({"language": "es"}, {"interpreter": True}),
        ({"provider_gender": "woman"}, {"provider_gender": "woman"}),
        ({"child_care": True}, {"child_care": True}),
        ({"interpreter": True}, {"interpreter": True}),
        ({"transport": True}, {"transport": True}),
        ({"from_": PLAIN.ends_at}, {}),
    ],
)
def test_a_wish_finds_what_fits(
    database_url: str, wishes: dict[str, Any], fitting: dict[str, Any]
) -> None:
    fits = slot(1, **fitting)
    assert find(database_url, [PLAIN, fits], **wishes) == [fits]


def test_a_wish_to_come_in_person_and_to_come_before_a_day(database_url: str) -> None:
    offered = [slot(0), slot(1, remote=True), slot(30)]
    wishes = {"remote": False, "until": slot(30).starts_at}
    assert find(database_url, offered, **wishes) == [slot(0)]


def test_a_morning_is_a_morning_there_before_and_after_the_clocks_change(
    database_url: str,
) -> None:
    def at(hour: int, day: int, month: int) -> Slot:
        starts_at = datetime(2027, month, day, hour, tzinfo=PACIFIC).astimezone(UTC)
        name = f"{month}-{day}-{hour}"
        return slot(0, source_key=name, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))

    offered = [at(hour, day, 3) for day in (13, 15) for hour in (8, 9, 11, 12)]
    morning = find(database_url, offered, part_of_day=(time(9), time(12)))
    assert [one.source_key for one in morning] == ["3-13-9", "3-13-11", "3-15-9", "3-15-11"]
    night = find(database_url, offered, part_of_day=(time(12), time(9)))
    assert [one.source_key for one in night] == ["3-13-8", "3-13-12", "3-15-8", "3-15-12"]


def test_services_take_turns_and_more_goes_on(database_url: str) -> None:
    busy = [slot(number, service_id="busy") for number in range(3)]
    calm = slot(10, service_id="calm")

    async def look() -> list[Slot]:
        async with open_desk(database_url) as desk:
            await desk.offer([*busy, calm])
            pages = [await _find(desk, limit=2, offset=offset) for offset in (0, 2)]
            return [one for page in pages for one in page]

    assert asyncio.run(look()) == [busy[0], calm, busy[1], busy[2]]


def test_two_openings_that_differ_in_nothing_are_one_choice(database_url: str) -> None:
    twin, woman = slot(0, source_key="twin"), slot(0, source_key="her", provider_gender="woman")
    found = find(database_url, [PLAIN, twin, woman])
    assert len(found) == 2 and woman in found


def test_what_is_taken_too_soon_or_gone_is_not_offered(database_url: str) -> None:
    async def look() -> None:
        async with open_desk(database_url) as desk:
            await desk.offer([slot(0), slot(1), slot(2)])
            ana = await desk.meet()
            await desk.book(ana, slot(0))
            held = await desk.hold(ana, slot(1))
            assert held and held.held_until
            assert await _find(desk) == [slot(2)]
            assert await _find(desk, now=held.held_until) == [slot(1), slot(2)]
            soon = slot(2).starts_at - LEAD + timedelta(seconds=1)
            assert await _find(desk, now=soon) == []
            await desk.offer([slot(0), slot(1)])
            assert await _find(desk) == []
            await desk.offer([slot(2, remote=True)])
            assert await _find(desk) == [slot(2, remote=True)]
            async with desk.sessions() as session:
                assert await find_slot(session, slot(0).id) == slot(0)

    asyncio.run(look())
