"""Addresses that work for a day, open one thing, and need no account and no table."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from bot.vault.vault import Vault

#: What a link may open; one made for the one thing never opens the other.
CALENDAR_FILE, PLAN_PAGE = "calendar", "plan"
WORKS_FOR = timedelta(days=1)
_TAG_LETTERS = 32


def render_link(vault: Vault, purpose: str, about: str, now: datetime) -> str:
    """The last part of an address that opens ``about`` until a day from ``now``.

    The tag is a keyed hash of purpose, thing and time, so nobody can make another one.
    """
    until = int((now + WORKS_FOR).timestamp())
    return f"{about}.{until}.{_tag(vault, purpose, about, until)}"


def parse_link(vault: Vault, purpose: str, untrusted_link: str, now: datetime) -> str | None:
    """What the link opens, or ``None`` when it is not ours or too old."""
    about, _, rest = untrusted_link.partition(".")
    until, _, tag = rest.partition(".")
    if not until.isascii() or not until.isdigit() or str(int(until[:12])) != until:
        return None
    ours = _tag(vault, purpose, about, int(until))
    if int(until) <= now.timestamp() or not hmac.compare_digest(tag.encode(), ours.encode()):
        return None
    return about


def _tag(vault: Vault, purpose: str, about: str, until: int) -> str:
    return vault.pseudonym(f"link:{purpose}", f"{about}.{until}").hex()[:_TAG_LETTERS]
