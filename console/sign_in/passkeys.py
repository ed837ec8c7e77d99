"""Passkeys: WebAuthn level 3, with the person verified by their own device."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from bot.store.tables import PasskeyRow, StaffRow

#: Seconds that a challenge can be answered.
CHALLENGE_LIVES = 300.0
#: Kept in memory: after a restart of the console one asks again.
MOST_CHALLENGES = 10_000
_REQUIRED = UserVerificationRequirement.REQUIRED


class Passkeys:
    """Makes challenges and checks the answers; each challenge is for one browser, once."""

    def __init__(self, console_url: str) -> None:
        self._origin = console_url
        self._domain = urlsplit(console_url).hostname or ""
        self._challenges: dict[str, tuple[float, bytes]] = {}

    def offer(self, browser: str, service: str, staff: StaffRow, known: list[PasskeyRow]) -> str:
        """What a device is told to make a passkey for ``staff``, as JSON. ``service`` is the name
        under which it will show it.
        """
        options = generate_registration_options(
            rp_id=self._domain,
            rp_name=service,
            user_id=staff.id.bytes,
            user_name=staff.email,
            user_display_name=staff.name,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_REQUIRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=k.credential_id) for k in known],
        )
        self._keep(browser, options.challenge)
        return options_to_json(options)

    def take(self, browser: str, untrusted_answer: dict[str, Any]) -> VerifiedRegistration | None:
        """The new passkey; ``None`` when it is not an answer to this browser's challenge."""
        challenge = self._use(browser)
        if challenge is None:
            return None
        try:
            return verify_registration_response(
                credential=untrusted_answer,
                expected_challenge=challenge,
                expected_rp_id=self._domain,
                expected_origin=self._origin,
                require_user_verification=True,
            )
        except (WebAuthnException, KeyError, TypeError, ValueError):
            return None

    def ask(self, browser: str) -> str:
        """What a device is told to show a passkey, as JSON."""
        options = generate_authentication_options(rp_id=self._domain, user_verification=_REQUIRED)
        self._keep(browser, options.challenge)
        return options_to_json(options)

    def check(
        self, browser: str, untrusted_answer: dict[str, Any], passkey: PasskeyRow
    ) -> int | None:
        """The new count of a passkey that was truly shown; ``None`` otherwise."""
        challenge = self._use(browser)
        if challenge is None:
            return None
        try:
            verified = verify_authentication_response(
                credential=untrusted_answer,
                expected_challenge=challenge,
                expected_rp_id=self._domain,
                expected_origin=self._origin,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.sign_count,
                require_user_verification=True,
            )
        except (WebAuthnException, KeyError, TypeError, ValueError):
            return None
        return verified.new_sign_count

    def _keep(self, browser: str, challenge: bytes) -> None:
        """The oldest go first, so a flood of questions costs no memory and little time."""
        self._challenges.pop(browser, None)
        while len(self._challenges) >= MOST_CHALLENGES:
            self._challenges.pop(next(iter(self._challenges)))
        self._challenges[browser] = (time.monotonic(), challenge)

    def _use(self, browser: str) -> bytes | None:
        made, challenge = self._challenges.pop(browser, (float("-inf"), b""))
        return challenge if time.monotonic() - made < CHALLENGE_LIVES else None


def parse_credential_id(untrusted_answer: dict[str, Any]) -> bytes:
    """Which passkey an answer speaks of; empty for nonsense."""
    try:
        return base64url_to_bytes(str(untrusted_answer["id"]))
    except (KeyError, ValueError):
        return b""
