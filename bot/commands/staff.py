"""``waymark staff``: who works with the console."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
from datetime import UTC, datetime
from typing import Any

from bot.commands.database import open_transaction
from bot.flows.site_in_use import find_site
from bot.settings import Settings
from bot.site import Site
from bot.store.audit import save_audit
from bot.store.invitations import save_invitation
from bot.store.staff import Place, disable_staff, find_all_staff, find_staff
from bot.store.staff_leaving import leave_people

ROLES = ("navigator", "supervisor", "admin", "adviser", "evaluator", "partner")


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("staff", help="invite people to the console, list them, close it")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser(
        "add",
        help="make a link that somebody joins with; for a known address it begins anew",
        description="The link works once, within 72 hours. Give it to nobody but its owner.",
    )
    add.add_argument("--email", required=True)
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--agency", default="", help="for a partner: the id of their service")
    add.add_argument("--team", default="", help="a team of site.toml")
    add.add_argument(
        "--languages", help="what they speak, such as en,es; all of the site's when left out"
    )
    add.set_defaults(run=_add)
    listing = actions.add_parser("list", help="everybody with an account")
    listing.add_argument("--json", action="store_true", help="print for a program to read")
    listing.set_defaults(run=_list)
    disable = actions.add_parser("disable", help="close an account and end its sessions at once")
    disable.add_argument("--email", required=True)
    disable.set_defaults(run=_disable)


async def invite(settings: Settings, email: str, place: Place) -> str:
    """The address of a new invitation."""
    async with open_transaction(settings) as session:
        now = datetime.now(UTC)
        token = await save_invitation(session, email, place, now)
        await save_audit(session, None, "invited", now, about=place.role)
    return f"{settings.console_url}/join/{token}"


def _add(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 with the link on standard output, 1 when something does not fit the site."""
    site = find_site(settings.site_path, settings.home)
    place = parse_place(parsed, site)
    if fault := find_fault(parsed.email, place, site):
        print(fault, file=sys.stderr)
        return 1
    print(asyncio.run(invite(settings, parsed.email, place)))
    return 0


def parse_place(parsed: argparse.Namespace, site: Site) -> Place:
    """Where the invited one will work, as the arguments say."""
    named = parsed.languages or ",".join(site.languages)
    languages = tuple(one.strip() for one in named.split(",") if one.strip())
    return Place(parsed.role, parsed.agency, parsed.team, languages)


def find_fault(email: str, place: Place, site: Site) -> str | None:
    """What does not fit, as a sentence; ``None`` when everything does."""
    teams = [team.name for team in site.teams]
    if not re.fullmatch(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+", email):
        return "This is no e-mail address."
    if (place.role == "partner") != bool(place.agency):
        return "A partner needs --agency, and nobody else has one."
    if place.team and place.team not in teams:
        return f"The site has no such team. It has: {', '.join(teams) or 'none'}."
    if not place.languages or not set(place.languages) <= set(site.languages):
        return f"The site speaks: {', '.join(site.languages)}."
    return None


def _list(parsed: argparse.Namespace, settings: Settings) -> int:
    found = asyncio.run(_find(settings))
    if parsed.json:
        print(json.dumps(found))
    else:
        for one in found:
            closed = "" if one["enabled"] else " (closed)"
            print(f"{one['email']}  {one['name']}  {one['role']}{closed}")
    return 0


async def _find(settings: Settings) -> list[dict[str, Any]]:
    async with open_transaction(settings) as session:
        return [
            {
                "email": row.email,
                "name": row.name,
                "role": row.role,
                "agency": row.agency,
                "team": row.team,
                "languages": row.languages,
                "enabled": row.disabled_at is None,
            }
            for row in await find_all_staff(session)
        ]


def _disable(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when the account is closed, and their people are back in the line; 1 when there is none."""
    if asyncio.run(_close(settings, parsed.email)):
        print("Closed. Every session of this account has ended.")
        return 0
    print("Nobody has an account with this address.", file=sys.stderr)
    return 1


async def _close(settings: Settings, email: str) -> bool:
    async with open_transaction(settings) as session:
        row = await find_staff(session, email)
        if row is None:
            return False
        now, silent_after = (
            datetime.now(UTC),
            find_site(settings.site_path, settings.home).desk.silent_after,
        )
        await disable_staff(session, row, now)
        await leave_people(session, row.id, silent_after, now)
        await save_audit(session, None, "disabled", now, about=str(row.id))
        return True
