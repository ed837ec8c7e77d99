"""Consent: each kind asked for alone, dated, versioned, limited in time, and revocable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum


class ConsentKind(Enum):
    """What a person agreed to. None of these is ever a condition of help."""

    GO_ON = "go_on"
    """Go on, after reading what this service is."""

    KEEP = "keep"
    """Keep what I tell you between texts, for a few days."""

    REMEMBER = "remember"
    """Keep what I choose under a passphrase of mine, for months."""

    SHARE = "share"
    """Pass what I chose on to the navigators here."""

    SHARE_AGENCY = "share_agency"
    """Pass what I chose on to one agency, which the consent names."""

    REMINDERS = "reminders"
    """Write to me first, in the way that I said is safe."""

    EVALUATION = "evaluation"
    """Count my answers to "did it help?", and let the team read what I say of the service."""

    LEARN = "learn"
    """Let the team read texts that were not understood, stripped of what could tell who I am."""


# Sharing is one decision about one moment, so it ends soonest.
_LASTS = {
    ConsentKind.GO_ON: timedelta(days=30),
    ConsentKind.KEEP: timedelta(days=30),
    ConsentKind.REMEMBER: timedelta(days=180),
    ConsentKind.SHARE: timedelta(days=7),
    ConsentKind.SHARE_AGENCY: timedelta(days=7),
    ConsentKind.REMINDERS: timedelta(days=90),
    ConsentKind.EVALUATION: timedelta(days=90),
    ConsentKind.LEARN: timedelta(days=90),
}

#: Of the wordings in ``data/responses`` and ``data/journeys``. Whoever changes what one of them
#: says raises its number, and consents to the older wording end.
VERSIONS = {
    ConsentKind.GO_ON: 1,
    ConsentKind.KEEP: 2,
    ConsentKind.REMEMBER: 1,
    ConsentKind.SHARE: 1,
    ConsentKind.SHARE_AGENCY: 1,
    ConsentKind.REMINDERS: 1,
    ConsentKind.EVALUATION: 1,
    ConsentKind.LEARN: 1,
}


@dataclass(frozen=True)
class Consent:
    """One consent, from ``granted_at`` until ``expires_at`` or ``revoked_at``.

    All times carry a time zone. ``version`` is that of the wording agreed to; ``agency`` is the
    one agency that a ``SHARE_AGENCY`` names, and empty for all others.
    """

    kind: ConsentKind
    granted_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    version: int = 1
    agency: str = ""


def decide_grant(kind: ConsentKind, now: datetime, agency: str = "") -> Consent:
    """The consent that a person gives at ``now``, to the wording of today.

    Raises ``ValueError`` for a release that names no agency, and for any other that names one.
    """
    if (kind is ConsentKind.SHARE_AGENCY) != bool(agency):
        raise ValueError(kind)
    return Consent(kind, now, now + _LASTS[kind], version=VERSIONS[kind], agency=agency)


def decide_revocation(consent: Consent, now: datetime) -> Consent:
    """The same consent, taken back. The first time it was taken back stands."""
    return replace(consent, revoked_at=consent.revoked_at or now)


def is_valid(consent: Consent | None, now: datetime) -> bool:
    """Whether the consent holds at ``now``. No consent is never valid."""
    if consent is None or consent.revoked_at is not None:
        return False
    if consent.version < VERSIONS[consent.kind]:
        return False
    return consent.granted_at <= now < consent.expires_at
