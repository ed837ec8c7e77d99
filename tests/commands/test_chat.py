"""``waymark chat`` says what is true in a terminal, and ends the talk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from bot.cli import main
from tests.serving import serving

Asked = list[str]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Asked]:
    """What a service that runs is asked for."""
    asked: Asked = []

    class Service(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200)

        def do_POST(self) -> None:
            self._answer(204)

        def _answer(self, status: int) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving() as server:
        server.RequestHandlerClass = Service
        monkeypatch.setenv("WAYMARK_HOME", str(tmp_path))
        monkeypatch.setenv("WAYMARK_PORT", str(server.server_address[1]))
        yield asked


@pytest.mark.parametrize("typed", ["", "/quit\n"])
def test_the_way_out_of_a_terminal_is_told_and_works(
    asked: Asked, typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert main(["chat"]) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("EXIT", "Ctrl-D", "/quit", "red button"))
    assert asked == ["GET /", "POST /chat/exit"]


def test_a_service_that_does_not_run_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path))
    monkeypatch.setenv("WAYMARK_PORT", "9")
    assert main(["chat"]) == 1
    said = capsys.readouterr()
    assert "./scripts/up" in said.err and said.out == ""
