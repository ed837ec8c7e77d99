"""Whoever is signed in, and what stands before every page of theirs."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import Request

from bot.store.staff_sessions import find_lasting, find_session, note_seen
from bot.store.tables import StaffRow, StaffSessionRow
from console.errors import FactorMissing, Forged, NotAllowed, NotFresh, NotSignedIn

if TYPE_CHECKING:
    from console.house import House

COOKIE = "staff"
#: Reading changes nothing, so it needs no proof of where it comes from.
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
#: After so long the password is asked for again, whatever the page.
PROVEN_FOR = timedelta(hours=8)
#: Before what is dangerous it must have been shown this recently.
FRESH_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Member:
    """One of the staff, as their pages need them. ``csrf`` belongs in each of their forms."""

    id: uuid.UUID
    name: str
    email: str
    role: str
    agency: str
    team: str
    languages: tuple[str, ...]
    csrf: str


Dependency = Callable[[Request], Awaitable[Member]]


def allowed(house: House, permission: str) -> Dependency:
    """Only for members whose role has ``permission``, and forms only from our own pages."""
    return _guard(house, permission, PROVEN_FOR)


def freshly(house: House, permission: str) -> Dependency:
    """The same, for what is dangerous: the password was shown within :data:`FRESH_FOR`."""
    return _guard(house, permission, FRESH_FOR)


def make_csrf(token: str) -> str:
    """What a form of this session carries. Nobody can make it who does not know the token.

    It stays when the password is shown again, so that forms in other tabs can still be sent.
    """
    return hmac.new(find_lasting(token).encode(), b"csrf", hashlib.sha256).hexdigest()


async def require_own_form(request: Request, csrf: str) -> None:
    """Stand before each change. Raises :class:`Forged` for a form of somebody else's page."""
    given = request.headers.get("X-CSRF") or (await request.form()).get("csrf")
    require_token(request, given, csrf)


def require_token(request: Request, untrusted_csrf: object, *expected: str) -> None:
    """A change from our own page, with one of the ``expected`` tokens. Raises :class:`Forged`."""
    require_own_page(request)
    given = untrusted_csrf.encode() if isinstance(untrusted_csrf, str) else b""
    if not any(hmac.compare_digest(given, csrf.encode()) for csrf in expected):
        raise Forged


def require_own_page(request: Request) -> None:
    """Browsers say where a request comes from; without a word of it the token has to do.

    A page that gives no referrer sends its forms with the origin "null", which says nothing:
    https://fetch.spec.whatwg.org/#append-a-request-origin-header. Old browsers do not send
    ``Sec-Fetch-Site``.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "null")
    if site not in {None, "same-origin"}:
        raise Forged
    if origin != "null" and urlsplit(origin).netloc != request.headers.get("Host"):
        raise Forged


async def find_member(house: House, request: Request) -> tuple[Member, StaffSessionRow]:
    """Whoever is signed in, with both factors or only the first. Raises :class:`NotSignedIn`."""
    token = request.cookies.get(COOKIE, "")
    async with house.sessions.begin() as session:
        found = await find_session(session, token, house.now())
        if found is None:
            raise NotSignedIn
        if not _asks_by_itself(request):
            note_seen(found[0], house.now())
    return to_member(found[1], token), found[0]


def to_member(row: StaffRow, token: str) -> Member:
    """The member behind an account, in the session of ``token``."""
    return Member(
        id=row.id,
        name=row.name,
        email=row.email,
        role=row.role,
        agency=row.agency,
        team=row.team,
        languages=tuple(row.languages),
        csrf=make_csrf(token),
    )


def _asks_by_itself(request: Request) -> bool:
    """Whether an open page asks that nobody need be sitting at; it keeps no session alive."""
    return "X-Live" in request.headers or request.headers.get("Accept") == "text/event-stream"


def _guard(house: House, permission: str, proven_for: timedelta) -> Dependency:
    async def guard(request: Request) -> Member:
        member, row = await find_member(house, request)
        if row.proven_at is None:
            raise FactorMissing
        if not house.permissions.allow(member.role, permission):
            raise NotAllowed
        if not _is_recent(row.proven_at, house.now(), proven_for):
            raise NotFresh
        if request.method not in SAFE_METHODS:
            await require_own_form(request, member.csrf)
        return member

    guard.permission = permission  # type: ignore[attr-defined] # for the test that walks all routes
    return guard


def _is_recent(proven_at: datetime, now: datetime, proven_for: timedelta) -> bool:
    return now - proven_at <= proven_for
