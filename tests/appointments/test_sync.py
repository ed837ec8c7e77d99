"""Calendars are read again and again: what is new, what is gone, and what goes wrong."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from zoneinfo import ZoneInfo

import pytest

from bot.store.slots import Slot, SlotWishes, find_free_slots
from tests.appointments.conftest import MakeHouse
from tests.appointments.desk import NOW
from tests.appointments.test_openings import event, feed
from tests.serving import serving
from worker.calendar_door import LARGEST, CalendarDoor
from worker.calendars import sync_calendars
from worker.house import House

PACIFIC = ZoneInfo("America/Los_Angeles")
GOOD = feed(event("DTSTART:20261127T170000Z", "DURATION:PT1H"))
CALENDARS = """
[[calendars]]
name = "clinic"
service = "svc-8"
kind = "ical"
url_env = "CLINIC_URL"
events = "free"
"""


async def find_offered(house: House) -> list[Slot]:
    """Every slot that can be had at the moment."""
    async with house.sessions() as session:
        return await find_free_slots(session, SlotWishes(PACIFIC), NOW, limit=1000)


class Feed:
    """A feed on a web server: what it says, and how it was asked."""

    def __init__(self, url: str) -> None:
        self.env = {"CLINIC_URL": url}
        self.status, self.body, self.etag = 200, GOOD.encode(), ""
        self.headers: dict[str, str] = {}
        self.asked: list[str | None] = []
        self.answered: list[int] = []


@pytest.fixture
def clinic() -> Iterator[Feed]:
    """A provider's feed that a test may change."""
    with serving() as server:
        feed = Feed(f"http://127.0.0.1:{server.server_address[1]}/secret.ics")

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = self.headers["If-None-Match"]
                status = 304 if feed.etag and asked == feed.etag else feed.status
                feed.asked.append(asked)
                feed.answered.append(status)
                self.send_response(status)
                for name, value in {"ETag": feed.etag, **feed.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(b"" if status == 304 else feed.body)

            def log_message(self, *_: object) -> None:
                pass

        server.RequestHandlerClass = Answer
        yield feed


#: Two openings that would be seen if a feed were read that must not be.
MORE = feed(event("DTSTART:20261127T170000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"))
VAST = MORE + "\r\n" * (LARGEST // 2)

Said = tuple[int, bytes, dict[str, str]]
FAILURES: list[Said] = [
    (500, b"", {}),
    (404, b"", {}),
    (200, b"<html>Please sign in</html>", {}),
    (200, b"", {}),
    (200, MORE.encode("utf-16"), {}),
    (200, VAST.encode(), {}),
    (200, gzip.compress(MORE.encode()), {"Content-Encoding": "gzip"}),
    (302, b"", {"Location": "http://127.0.0.1:9/nobody"}),
    (302, b"", {"Location": "/round-and-round"}),
    (200, MORE.encode(), {"Content-Length": "100000"}),
]


def sync(house: House, clinic: Feed, *said: Said) -> list[int]:
    """How many slots are offered after each reading of the feed."""

    async def read() -> list[int]:
        door, offered = CalendarDoor(clinic.env), []
        for clinic.status, clinic.body, clinic.headers in said:
            await sync_calendars(house, door)
            offered.append(len(await find_offered(house)))
        await house.engine.close()
        await house.database.dispose()
        return offered

    return asyncio.run(read())


def fine(body: str = GOOD) -> Said:
    """A feed that arrives."""
    return 200, body.encode(), {}


def test_what_is_gone_from_the_feed_is_not_offered_and_may_come_back(
    make_house: MakeHouse, clinic: Feed
) -> None:
    house = make_house(CALENDARS)
    assert sync(house, clinic, fine(), fine(feed()), fine()) == [1, 0, 1]


def test_a_feed_that_fails_keeps_its_old_slots(
    make_house: MakeHouse, clinic: Feed, capsys: pytest.CaptureFixture[str]
) -> None:
    said = (fine(), *FAILURES, fine(feed()))
    assert sync(make_house(CALENDARS), clinic, *said) == [1, *(1 for _ in FAILURES), 0]
    told = capsys.readouterr()
    assert told.out.count("calendar_failed") == len(FAILURES) and "clinic" in told.out
    assert "secret.ics" not in told.out + told.err


def test_a_feed_that_has_not_changed_is_not_sent_again(make_house: MakeHouse, clinic: Feed) -> None:
    clinic.etag = '"one"'
    assert sync(make_house(CALENDARS), clinic, fine(), fine()) == [1, 1]
    assert clinic.asked == [None, '"one"'] and clinic.answered == [200, 304]


def test_a_calendar_without_an_address_does_not_stop_the_others(
    make_house: MakeHouse, clinic: Feed
) -> None:
    lost = CALENDARS.replace('"clinic"', '"lost"').replace("CLINIC_URL", "LOST_URL")
    assert sync(make_house(lost + CALENDARS), clinic, fine()) == [1]


def test_a_calendar_that_is_taken_out_of_the_site_offers_nothing(
    make_house: MakeHouse, clinic: Feed
) -> None:
    assert sync(make_house(CALENDARS), clinic, fine()) == [1]
    assert sync(make_house(""), clinic, fine()) == [0]
