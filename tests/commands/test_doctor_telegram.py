"""``waymark doctor`` looks at a Telegram bot's webhook, and keeps the token to itself."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.commands.doctor_telegram import examine_telegram
from bot.commands.finding import Finding
from bot.settings import ROOT, Secret, Settings, Telegram, load

TOKEN = "123456:ABC-canary"
OURS = "https://chat.alderfalls.example"
WELL = {"url": f"{OURS}/telegram", "has_custom_certificate": False, "pending_update_count": 0}


@contextmanager
def bot_api(webhook: object) -> Iterator[str]:
    """The one method of Telegram's that is asked; another token is refused, as there."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path == f"/bot{TOKEN}/getWebhookInfo"
            unknown = {"ok": False, "error_code": 401, "description": "Unauthorized"}
            body = json.dumps({"ok": True, "result": webhook} if known else unknown).encode()
            self.send_response(200 if known else 401)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A house with a public address."""
    return load(
        {
            "WAYMARK_HOME": str(tmp_path),
            "WAYMARK_SITE": str(ROOT / "sites" / "demo"),
            "WAYMARK_PUBLIC_URL": OURS,
            "WAYMARK_DATABASE_URL": "postgresql://nowhere/none",
        }
    )


def examine(
    settings: Settings, base: str, *, token: str = TOKEN, polling: bool = False
) -> set[str]:
    """The names of what is not well."""
    telegram = Telegram(Secret(token), Secret("secret"), polling, base)
    found: list[Finding] = list(examine_telegram(replace(settings, telegram=telegram)))
    assert token not in repr(found)
    assert all(finding.well or finding.advice for finding in found)
    return {finding.name for finding in found if not finding.well}


@pytest.mark.parametrize(
    ("changed", "polling", "bad"),
    [
        ({}, False, set()),
        ({"url": ""}, False, {"telegram webhook"}),
        ({"url": "https://other.example/telegram"}, False, {"telegram webhook"}),
        ({"pending_update_count": 200}, False, {"telegram queue"}),
        ({"url": ""}, True, set()),
        ({}, True, {"telegram webhook"}),
    ],
)
def test_what_is_wrong_is_named(
    settings: Settings, changed: dict[str, object], polling: bool, bad: set[str]
) -> None:
    with bot_api({**WELL, **changed}) as base:
        assert examine(settings, base, polling=polling) == bad


@pytest.mark.parametrize("token", ["654321:other", "with space", "new\nline", "ünusual"])
def test_a_token_that_telegram_does_not_know_is_one_finding(settings: Settings, token: str) -> None:
    with bot_api(WELL) as base:
        assert examine(settings, base, token=token) == {"telegram bot"}


@pytest.mark.parametrize("webhook", [None, [], "x", 7])
def test_an_answer_that_means_nothing_is_one_finding(settings: Settings, webhook: object) -> None:
    with bot_api(webhook) as base:
        assert examine(settings, base) == {"telegram bot"}


def test_a_telegram_that_is_away_is_one_finding(settings: Settings) -> None:
    assert examine(settings, "http://127.0.0.1:9") == {"telegram bot"}
