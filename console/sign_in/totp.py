"""Codes of an authenticator app: RFC 6238, each of them accepted once."""

from __future__ import annotations

from datetime import datetime

import pyotp
import segno

#: Steps of 30 seconds that a clock may be off, before and after.
_DRIFT = 1
_SECONDS = 30


def make_secret() -> str:
    """A new secret, in Base32."""
    return pyotp.random_base32()


def find_step(secret: str, untrusted_code: str, last_step: int, now: datetime) -> int | None:
    """The time step that a code belongs to; ``None`` when it is wrong, or was used before."""
    code = "".join(untrusted_code.split())
    current = int(now.timestamp()) // _SECONDS
    for step in range(current - _DRIFT, current + _DRIFT + 1):
        if step > last_step and pyotp.TOTP(secret).verify(code, for_time=step * _SECONDS):
            return step
    return None


def render_picture(secret: str, email: str, service: str) -> str:
    """A QR code for the app, as an image's address that needs no network."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=service)
    picture: str = segno.make(uri, error="m").svg_data_uri(scale=5, border=4, light="white")
    return picture
