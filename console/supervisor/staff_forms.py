"""What the forms about the staff may say. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.site import Site
from bot.store.staff import Place, parse_email
from console.permissions import Permissions

#: Conversations at once.
FEWEST, MOST = 1, 20
#: Characters of an e-mail address (RFC 5321).
LONGEST_EMAIL = 254
PARTNER = "partner"

_EMAIL = re.compile(r"[^@\s\x00-\x1f<>\"',;]+@[^@\s\x00-\x1f<>\"',;]+\.[^@\s\x00-\x1f<>\"',;]+")


@dataclass(frozen=True)
class Wished:
    """The fields of a form as they came. All of them are untrusted."""

    role: str = "navigator"
    agency: str = ""
    team: str = ""
    languages: tuple[str, ...] = ("en",)
    caseload: str = "5"


def parse_email_address(untrusted: str) -> str | None:
    """An address as accounts keep it; ``None`` when it cannot be one."""
    email = parse_email(untrusted)
    return email if len(email) <= LONGEST_EMAIL and _EMAIL.fullmatch(email) else None


def parse_place(wished: Wished, site: Site, permissions: Permissions) -> Place | str:
    """The place that a form describes, or a sentence on what is wrong with it."""
    if wished.role not in permissions.roles:
        return "Choose one of the roles."
    if wished.team not in {"", *(team.name for team in site.teams)}:
        return "Choose one of the teams."
    if not wished.languages or not set(wished.languages) <= set(site.languages):
        return "Choose at least one of the languages."
    if (wished.role == PARTNER) != bool(wished.agency) or "\0" in wished.agency:
        return "A partner needs an agency, and nobody else has one."
    return Place(wished.role, wished.agency, wished.team, wished.languages)


def parse_caseload(untrusted: str) -> int | None:
    """How many conversations at once; ``None`` when it is no such number."""
    if not re.fullmatch(r"[0-9]{1,2}", untrusted):
        return None
    caseload = int(untrusted)
    return caseload if FEWEST <= caseload <= MOST else None
