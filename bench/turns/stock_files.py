"""The two files that tell stock Rasa where its actions, its database and its carrier are."""

from __future__ import annotations

from pathlib import Path

import yaml

from simulator.account import ACCOUNT_SID, NUMBER


def write_files(
    home: Path, *, actions: str, token: str, database: str, api_base: str
) -> tuple[Path, Path]:
    """``endpoints.yml`` and ``credentials.yml``, with Rasa's own connectors and store."""
    endpoints, credentials = home / "endpoints.yml", home / "credentials.yml"
    _write(
        endpoints,
        {
            "action_endpoint": {"url": actions, "headers": {"Authorization": f"Bearer {token}"}},
            "tracker_store": {"type": "SQL", "dialect": "postgresql", "url": database},
        },
    )
    _write(
        credentials,
        {
            "rest": None,
            "bench.turns.stock_channels.TwilioElsewhere": {
                "account_sid": ACCOUNT_SID,
                "auth_token": token,
                "twilio_number": NUMBER,
                "api_base": api_base,
            },
        },
    )
    return endpoints, credentials


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
