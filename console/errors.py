"""Why the console does not answer as asked."""

from __future__ import annotations


class NotSignedIn(Exception):
    """Nobody is signed in here, or not any more."""


class FactorMissing(Exception):
    """Only the password was shown yet."""


class NotAllowed(Exception):
    """The page does not exist for this member."""


class NotFresh(Exception):
    """The password must be shown again first."""


class Forged(Exception):
    """The form did not come from our own page."""
