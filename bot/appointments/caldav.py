"""What is said to a CalDAV server (RFC 4791), and what it answers.

Three calls are all that is needed. The library for CalDAV brings an HTTP stack of its own that
puts itself in the place of ``urllib3``, which the vendors' clients use.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from bot.appointments.errors import CalendarUnreadable
from bot.appointments.ical import WINDOW

#: Depth: the events of this calendar and of none inside it.
QUERY_HEADERS = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
EVENT_HEADERS = {"Content-Type": "text/calendar; charset=utf-8"}

_DATA = "{urn:ietf:params:xml:ns:caldav}calendar-data"
_QUERY = """<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
<d:prop><c:calendar-data/></d:prop>
<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">
<c:time-range start="{start}" end="{end}"/>
</c:comp-filter></c:comp-filter></c:filter>
</c:calendar-query>"""


def render_query(now: datetime) -> str:
    """A REPORT that asks for every event in the window from ``now``, which is in UTC."""
    start, end = (f"{moment:%Y%m%dT%H%M%SZ}" for moment in (now, now + WINDOW))
    return _QUERY.format(start=start, end=end)


def parse_answer(untrusted_xml: bytes) -> list[str]:
    """The calendars, each of one event, in the answer to a REPORT.

    Raises :class:`CalendarUnreadable`.
    """
    try:
        answer = fromstring(untrusted_xml)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise CalendarUnreadable("the server's answer cannot be read") from error
    if answer.tag != "{DAV:}multistatus":
        raise CalendarUnreadable("the server did not answer the question")
    return [data.text for data in answer.iter(_DATA) if data.text]


def event_url(calendar_url: str, booking_id: uuid.UUID) -> str:
    """Where the event of a booking lies."""
    return f"{calendar_url.rstrip('/')}/{booking_id}.ics"
