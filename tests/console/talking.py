"""What happens in a conversation, for tests of its page."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

from httpx import Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.importing import replace_listings
from bot.store.accesses import find_accesses
from bot.store.handoffs import find_handoff
from bot.store.inbox import save_inbound
from bot.store.outbox import open_reply
from bot.store.people import forget_talk, get_person, open_address
from bot.store.said import Said, find_said
from bot.store.tables import AuditRow, HandoffRow, OutboxRow
from bot.wire.inbound import Inbound
from tests.console.conftest import Browser, Office
from tests.console.people import Person
from tests.directory.listings import make_listing


def find_line_id(page: str) -> str:
    """The id of the form to write in."""
    found = re.search(r'name="line_id" value="([^"]*)"', page)
    assert found, "there is no form to write in"
    return found[1]


def find_box(page: str) -> str:
    """What stands in the box, still escaped."""
    found = re.search(
        r"<textarea name=\"words\"[^>]*data-longest[^>]*>(.*?)</textarea>", page, re.S
    )
    assert found
    return found[1]


def send(browser: Browser, person: Person, text: str, line_id: str = "") -> Response:
    """Send a text, by the form of a page that was just opened unless ``line_id`` says otherwise."""
    line_id = line_id or find_line_id(browser.get(person.way).text)
    return browser.submit(f"{person.way}/send", words=text, line_id=line_id)


def find_lines(office: Office, person: Person) -> list[Said]:
    """What was said."""
    return office.do(lambda session: find_said(session, person.key, person.id))


def find_replies(office: Office, person: Person) -> list[str]:
    """What goes out to the person."""

    async def read(session: AsyncSession) -> list[str]:
        rows = select(OutboxRow).where(OutboxRow.person_id == person.id)
        found = await session.scalars(rows.order_by(OutboxRow.position))
        return [open_reply(person.key, row).text for row in found if row.words]

    return office.do(read)


def find_row(office: Office, person: Person) -> HandoffRow | None:
    """The open handoff."""
    return office.do(lambda session: find_handoff(session, person.id))


def find_shown(office: Office, person: Person) -> list[tuple[str, str]]:
    """Who was shown what, as the person may ask."""
    found = office.do(lambda session: find_accesses(session, person.key, person.id))
    return sorted((one.who, one.what) for one in found)


def find_audit(office: Office) -> list[str]:
    """What the audit log has, in its order."""
    rows = select(AuditRow.what).order_by(AuditRow.position)
    return list(office.do(lambda session: session.scalars(rows)))


def text_in(office: Office, person: Person, words: str = "hello") -> None:
    """The person writes a text just now, as the webhook takes it in."""

    async def come(session: AsyncSession) -> None:
        row = await get_person(session, person.id)
        assert row is not None
        address = open_address(person.key, row)
        await save_inbound(session, office.vault, Inbound("sms", uuid.uuid4().hex, address, words))

    office.do(come)


def leave(office: Office, person: Person) -> None:
    """The person texts EXIT, and the worker obeys."""
    office.do(lambda session: forget_talk(session, person.id))


def list_services(office: Office, *listings: dict[str, object]) -> None:
    """A directory of these; each is a food pantry but for what it changes."""
    made = [make_listing(str(one.pop("id")), **one) for one in map(dict, listings)]
    office.do(lambda session: replace_listings(session, made))


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
