"""What is not listed is closed: every address of the console is walked, by everybody."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from bot.commands.staff import ROLES
from console.pages import FOLDER
from console.permissions import Permissions, load_permissions
from tests.console.conftest import Browser, Office

#: The door: what stands open to visitors, and what asks for a session without a permission.
PUBLIC = {"/sign-in", "/join/{untrusted_token}", "/passkeys", "/passkeys/options"}
#: For whoever has shown a password, whatever their role.
OWN = {"/again", "/second", "/sign-out", "/passkeys/new", "/passkeys/new/options"}
#: The first page looks at the role by itself, to send each to theirs.
FIRST = "/"


@dataclass(frozen=True)
class Way:
    """One address, how it is asked, and the permission that it wants."""

    method: str
    path: str
    permission: str | None

    def ask(self, browser: Browser, **headers: str) -> Any:
        """The answer, with something in each place of the path."""
        path = re.sub(r"{[^}]+}", str(uuid.UUID(int=7)), self.path)
        return browser.request(self.method, path, headers=headers, follow_redirects=False)


def _walk(router: Any) -> Iterator[Way]:
    for route in router.routes:
        if inner := getattr(route, "original_router", None):
            yield from _walk(inner)
        elif isinstance(route, APIRoute):
            guards = [one.call for one in route.dependant.dependencies]
            permission = next(filter(None, (getattr(g, "permission", None) for g in guards)), None)
            yield from (Way(method, route.path, permission) for method in route.methods)


def _ways(office: Office) -> list[Way]:
    found = list(_walk(office.app))
    assert len(found) > 40, "the walk has lost its way"
    return found


def _closed(office: Office) -> list[Way]:
    return [way for way in _ways(office) if way.path not in PUBLIC | OWN]


def test_every_address_needs_a_permission_or_is_on_the_short_list(office: Office) -> None:
    open_to_all = {way.path for way in _ways(office) if way.permission is None}
    assert open_to_all == PUBLIC | OWN | {FIRST}


def test_a_visitor_is_sent_to_the_door_from_everywhere(office: Office) -> None:
    visitor = office.visitor()
    for way in _ways(office):
        answer = way.ask(visitor)
        if way.path in OWN and answer.status_code == 422:  # an empty form is looked at first
            continue
        if way.path not in PUBLIC:
            assert (way, answer.headers.get("Location")) == (way, "/sign-in")


def test_the_password_alone_opens_no_page(office: Office) -> None:
    browser = office.sign_in("supervisor", proven=False)
    for way in _closed(office):
        answer = way.ask(browser, **{"X-CSRF": browser.csrf})
        assert (way, answer.headers.get("Location")) == (way, "/second")


@pytest.mark.parametrize("role", [*ROLES, "a role that nobody knows"])
def test_each_role_finds_closed_what_it_may_not(office: Office, role: str) -> None:
    browser, permissions = office.sign_in(role), load_permissions()
    shut = [
        w for w in _closed(office) if w.permission and not permissions.allow(role, w.permission)
    ]
    assert shut
    for way in shut:
        assert (way, way.ask(browser, **{"X-CSRF": browser.csrf}).status_code) == (way, 404)


@pytest.mark.parametrize("role", ROLES)
def test_no_address_is_changed_by_a_form_without_its_token(office: Office, role: str) -> None:
    browser, permissions = office.sign_in(role), load_permissions()
    for way in _closed(office):
        if way.method != "GET" and way.permission and permissions.allow(role, way.permission):
            assert (way, way.ask(browser).status_code) == (way, 403)
            foreign = {"X-CSRF": browser.csrf, "Sec-Fetch-Site": "cross-site"}
            assert (way, way.ask(browser, **foreign).status_code) == (way, 403)


def test_whoever_may_nothing_sees_nothing_and_can_leave(office: Office) -> None:
    browser = office.sign_in("a role that nobody knows")
    assert "no page here for your role" in browser.get(FIRST).text
    assert browser.submit("/sign-out").headers["Location"] == "/sign-in"


def test_a_permission_that_is_not_listed_is_closed() -> None:
    permissions = load_permissions()
    assert not any(permissions.allow(role, "not listed") for role in permissions.roles)
    assert not permissions.allow("nobody", "queue")
    assert not Permissions({}).allow("admin", "staff")


def test_every_permission_that_is_asked_for_is_somebodys_and_the_other_way_round(
    office: Office,
) -> None:
    given = frozenset().union(*load_permissions().roles.values())
    wanted = {way.permission for way in _ways(office) if way.permission}
    assert wanted <= given
    assert given <= wanted | _named_in_pages() | _named_in_code()


def test_the_roles_of_the_command_are_those_of_the_list() -> None:
    assert set(ROLES) == set(load_permissions().roles)


def test_no_role_that_keeps_accounts_sees_content() -> None:
    permissions = load_permissions()
    content = {"queue", "next", "talk", "join", "plan", "referrals", "partner"}
    for role in ("admin", "evaluator"):
        assert not content & permissions.roles[role]
    assert permissions.roles["partner"] == {"partner"}


@cache
def _named_in_pages() -> set[str]:
    pages = (page.read_text(encoding="utf-8") for page in FOLDER.glob("*.html"))
    return {name for page in pages for name in re.findall(r'may\("(\w+)"\)', page)}


@cache
def _named_in_code() -> set[str]:
    sources = Path(FOLDER).parent.rglob("*.py")
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    return set(re.findall(r'(?:allow|allowed|freshly)\([\w.]+, "(\w+)"\)', text))
