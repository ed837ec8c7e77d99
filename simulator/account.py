"""The simulator's own account, which no real one can be mistaken for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.site import load_site
from simulator.errors import NotADemo, RealCredentials

ACCOUNT_SID = "AC" + "0" * 32
NUMBER = "+15035550100"
WHATSAPP_NUMBER = f"whatsapp:{NUMBER}"
SERVICE_SID = "MG" + "0" * 32
TEMPLATE_SID = "HX" + "0" * 32
#: What the template says; WhatsApp lets nobody write to a person first with other words.
TEMPLATE_WORDS = "Hello. There is news for you. Reply when it is a good time."
DEFAULT_PORT = 8002


@dataclass(frozen=True)
class Account:
    """Whom the simulator plays, and where the gateway listens."""

    sid: str
    token: str = field(repr=False)
    number: str
    gateway: str
    port: int


def load_account(environment: Mapping[str, str]) -> Account:
    """The account out of the environment.

    Raises :class:`RealCredentials` or :class:`NotADemo` instead of playing with either.
    """
    port = int(environment.get("WAYMARK_SIMULATOR_PORT") or DEFAULT_PORT)
    if environment.get("TWILIO_ACCOUNT_SID") != ACCOUNT_SID:
        raise RealCredentials
    base = environment.get("TWILIO_API_BASE", "").rstrip("/")
    if base not in {f"http://127.0.0.1:{port}", f"http://localhost:{port}"}:
        raise RealCredentials
    token = environment.get("TWILIO_AUTH_TOKEN")
    if not token:
        raise RealCredentials
    if not load_site(Path(environment.get("WAYMARK_SITE") or "sites/demo")).demo:
        raise NotADemo
    gateway_port = environment.get("WAYMARK_PORT") or "8000"
    gateway = environment.get("WAYMARK_PUBLIC_URL") or f"http://127.0.0.1:{gateway_port}"
    return Account(ACCOUNT_SID, token, NUMBER, gateway.rstrip("/"), port)
