"""The demo's own Twilio account: settings that lead every text to the simulator."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.settings import parse_port
from deploy.stack.secrets import open_secret
from simulator.account import ACCOUNT_SID, NUMBER, WHATSAPP_NUMBER

DEFAULT_PORT = 8002


def decide_simulator_port(environment: Mapping[str, str], *, demo: bool) -> int | None:
    """The simulator's port; ``None`` beside real credentials or outside a demo."""
    if not demo or any(name.startswith("TWILIO_") for name in environment):
        return None
    return parse_port(environment, "WAYMARK_SIMULATOR_PORT", DEFAULT_PORT)


def simulator_settings(home: Path, port: int) -> dict[str, str]:
    """What the other parts must know to text through the simulator."""
    return {
        "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": open_secret(home, "simulator-token"),
        "TWILIO_FROM": NUMBER,
        "TWILIO_WHATSAPP_FROM": WHATSAPP_NUMBER,
        "TWILIO_API_BASE": f"http://127.0.0.1:{port}",
        "WAYMARK_SIMULATOR_PORT": str(port),
    }
