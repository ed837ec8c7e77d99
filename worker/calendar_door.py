"""The way to providers' calendars: feeds are read, CalDAV calendars are read and written."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from datetime import datetime

import httpx

from bot.appointments.addresses import Address, find_address
from bot.appointments.caldav import (
    EVENT_HEADERS,
    QUERY_HEADERS,
    event_url,
    parse_answer,
    render_query,
)
from bot.appointments.calendars import CALDAV, FILE, Calendar
from bot.appointments.errors import CalendarAway, CalendarUnreadable

#: Seconds for each step of a call, and for all of it.
STEP, WHOLE = 10.0, 60.0
#: Bytes of the largest calendar that is read.
LARGEST = 5_000_000
MOST_REDIRECTS = 3


class CalendarDoor:
    """Remembers each feed as it last came, so that only a changed one is sent again."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._kept: dict[str, tuple[str, str]] = {}

    async def read_feeds(self, calendar: Calendar, now: datetime) -> list[str]:
        """What a calendar holds. Raises ``CalendarAway``, ``CalendarUnreadable``, ``SettingError``.

        What comes back is untrusted.
        """
        if calendar.kind == FILE:
            assert calendar.file is not None
            return [await asyncio.to_thread(calendar.file.read_text, encoding="utf-8")]
        address = find_address(calendar, self._env)
        if calendar.kind == CALDAV:
            return await self._read_caldav(address, now)
        return [await self._read_feed(calendar.name, address)]

    async def put_event(self, calendar: Calendar, booking_id: uuid.UUID, event: str) -> None:
        """Write an event, over the one that is there. Raises ``CalendarAway``."""
        address = find_address(calendar, self._env)
        url = event_url(address.url.reveal(), booking_id)
        await _call(address, "PUT", url, (200, 201, 204), EVENT_HEADERS, event)

    async def remove_event(self, calendar: Calendar, booking_id: uuid.UUID) -> None:
        """Take an event away, if it is there. Raises ``CalendarAway``."""
        address = find_address(calendar, self._env)
        url = event_url(address.url.reveal(), booking_id)
        await _call(address, "DELETE", url, (200, 204, 404, 410))

    async def _read_caldav(self, address: Address, now: datetime) -> list[str]:
        url, query = address.url.reveal(), render_query(now)
        answer = await _call(address, "REPORT", url, (207,), QUERY_HEADERS, query)
        return await asyncio.to_thread(parse_answer, answer.content)

    async def _read_feed(self, name: str, address: Address) -> str:
        etag, text = self._kept.get(name, ("", ""))
        headers = {"If-None-Match": etag} if etag else {}
        answer = await _call(address, "GET", address.url.reveal(), (200, 304), headers)
        if answer.status_code == 304:
            return text
        text = _decode(answer.content)
        self._kept[name] = answer.headers.get("ETag", ""), text
        return text


async def _call(
    address: Address,
    method: str,
    url: str,
    expected: tuple[int, ...],
    headers: Mapping[str, str] | None = None,
    content: str | None = None,
) -> httpx.Response:
    """One call to a calendar. Errors name the status alone, for the address is a secret."""
    auth = (address.user, address.password.reveal()) if address.user else None
    try:
        async with asyncio.timeout(WHOLE), _client(auth) as client:
            request = client.build_request(method, url, headers=headers, content=content)
            follow = method == "GET"
            answer = await client.send(request, stream=True, follow_redirects=follow)
            if answer.status_code not in expected:
                raise CalendarAway(answer.status_code)
            return httpx.Response(
                answer.status_code, headers=_named(answer), content=await _body(answer)
            )
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise CalendarAway from error


def _client(auth: tuple[str, str] | None) -> httpx.AsyncClient:
    """Answers come as they are, since a packed one could unfold to any size."""
    return httpx.AsyncClient(
        auth=auth,
        timeout=STEP,
        max_redirects=MOST_REDIRECTS,
        headers={"Accept-Encoding": "identity", "User-Agent": "calendar-reader"},
    )


async def _body(answer: httpx.Response) -> bytes:
    body = b""
    async for part in answer.aiter_raw():
        body += part
        if len(body) > LARGEST:
            raise CalendarUnreadable("it is too large")
    return body


def _named(answer: httpx.Response) -> dict[str, str]:
    return {"ETag": answer.headers["ETag"]} if "ETag" in answer.headers else {}


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CalendarUnreadable("it is not UTF-8") from error
