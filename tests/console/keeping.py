"""The demo site's directory, taken in, and the forms of its pages as a browser sends them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.areas import Areas
from bot.directory.entries import Author, save_entry
from bot.directory.importing import open_package, save_package
from bot.directory.places import load_places
from bot.store.tables import AuditRow, EntryRow, ServiceRow
from tests.console.conftest import SITE, Browser, Office

#: A confidential shelter, and a place with an address.
SHELTER, NIGHT = "svc-01", "svc-04"


def fill(office: Office) -> None:
    """The demo directory, as a start loads it."""

    async def take(session: AsyncSession) -> None:
        package = open_package(SITE / "directory", load_places(SITE), "OR")
        by = Author(None, datetime.now(UTC))
        await save_package(session, package, by, file_name="directory", own=True)

    office.do(take)


def spread(office: Office, entry_id: str, more: dict[str, Any], *links: dict[str, Any]) -> None:
    """A service at further places; ``more`` is said of it at its first."""

    async def save(session: AsyncSession) -> None:
        row = await session.get_one(EntryRow, entry_id)
        first, *others = row.document["service_at_locations"]
        document = {**row.document, "service_at_locations": [first | more, *others, *links]}
        areas, by = Areas(load_places(SITE), "OR"), Author(None, datetime.now(UTC))
        await save_entry(session, document, areas, by, seen=row.changed_at)

    office.do(save)


def find_entry(office: Office, entry_id: str) -> EntryRow:
    """One entry, which is there."""
    row = office.do(lambda s: s.get(EntryRow, entry_id))
    assert row is not None
    return row


def find_listings(office: Office, name: str) -> list[ServiceRow]:
    """What is searched, by name."""

    async def find(session: AsyncSession) -> list[ServiceRow]:
        return list(await session.scalars(select(ServiceRow).where(ServiceRow.name == name)))

    return office.do(find)


def find_audit(office: Office) -> list[tuple[str, str]]:
    """What was done to the directory, and about what."""

    async def find(session: AsyncSession) -> list[tuple[str, str]]:
        rows = await session.scalars(select(AuditRow).order_by(AuditRow.position))
        return [(one.what, one.about) for one in rows]

    return office.do(find)


class _Form(HTMLParser):
    """The fields of the form that begins with a ``seen`` or is the page's only large one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._area = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        name = held.get("name", "")
        if tag == "input" and name:
            ticked = held.get("type") not in {"checkbox", "radio"} or "checked" in held
            if ticked:
                self.fields[name] = held.get("value", "on")
        elif tag == "textarea":
            self._area, self.fields[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in held:
            self.fields[self._select] = held["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data


def read_form(page: str) -> dict[str, str]:
    """The fields of the change form on a page, as a browser would send them unchanged."""
    form = page[page.index('<form method="post" class="stack">') :]
    fields = _Form(form[: form.index("</form>")]).fields
    fields.setdefault("status", "active")
    return fields


def open_form(browser: Browser, entry_id: str) -> dict[str, str]:
    """The change form of a service."""
    return read_form(browser.get(f"/directory/change/{entry_id}").text)


def press(browser: Browser, page: str, action: str, **more: object) -> Any:
    """Send the form with this action, with what its hidden fields hold."""
    found = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', page, re.S)
    assert found, action
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found[0])
    fields = {name: unescape(value) for name, value in hidden}
    return browser.submit(unescape(action), **{**fields, **more})
