"""Consent: each kind asked for alone, dated, limited in time, and revocable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum


class ConsentKind(Enum):
    """What a person agreed to. None of these is ever a condition of help."""

    GO_ON = "go_on"
    """Go on, after reading what this service is."""

    REMEMBER = "remember"
    """Keep what I tell you between texts."""

    SHARE = "share"
    """Pass what I chose on to a person."""

    SAFE_CONTACT = "safe_contact"
    """Write to me first, in the way that I said is safe."""


# Sharing is one decision about one moment, so it ends soonest.
_LASTS = {
    ConsentKind.GO_ON: timedelta(days=30),
    ConsentKind.REMEMBER: timedelta(days=30),
    ConsentKind.SHARE: timedelta(days=7),
    ConsentKind.SAFE_CONTACT: timedelta(days=90),
}


@dataclass(frozen=True)
class Consent:
    """One consent, from ``granted_at`` until ``expires_at`` or ``revoked_at``.

    All times carry a time zone.
    """

    kind: ConsentKind
    granted_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


def decide_grant(kind: ConsentKind, now: datetime) -> Consent:
    """The consent that a person gives at ``now``."""
    return Consent(kind, granted_at=now, expires_at=now + _LASTS[kind])


def decide_revocation(consent: Consent, now: datetime) -> Consent:
    """The same consent, taken back. The first time it was taken back stands."""
    return replace(consent, revoked_at=consent.revoked_at or now)


def is_valid(consent: Consent | None, now: datetime) -> bool:
    """Whether the consent holds at ``now``. No consent is never valid."""
    if consent is None or consent.revoked_at is not None:
        return False
    return consent.granted_at <= now < consent.expires_at
