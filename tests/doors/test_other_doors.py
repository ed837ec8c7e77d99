"""The page's door, and the doors inside: the engine's, the actions', the console's."""

from __future__ import annotations

import uuid

import httpx
import pytest

from tests.content import matches
from tests.house import RunningHouse
from tests.phone import wait_until_quiet
from tests.records import Records
from tests.visitor import Visitor

pytestmark = pytest.mark.stack

DEEP = b'{"id":' + b"[" * 100_000
NO_MESSAGES = [
    b"",
    b"hi",
    b"[]",
    b"null",
    b'{"id": "1", "text": "hi"}',
    b'{"text": "hi"}',
    b'{"id": "7b0c3a3e-9d6a-4a57-9a3f-6d2d1f1c1a11", "text": 7}',
    b"\xff\xfe",
    DEEP,
]


@pytest.mark.parametrize("content", NO_MESSAGES, ids=lambda content: repr(content[:30]))
def test_what_is_no_message_is_refused_and_not_stored(stack: RunningHouse, content: bytes) -> None:
    visitor = Visitor(stack.settings)
    before = Records(stack.settings).counts()
    assert visitor.http.post("/chat/messages", content=content).status_code == 400
    assert Records(stack.settings).counts() == before


@pytest.mark.parametrize("cookie", [None, "", "x", "x" * 3000])
def test_who_has_no_session_is_refused(stack: RunningHouse, cookie: str | None) -> None:
    headers = {} if cookie is None else {"Cookie": f"chat={cookie}"}
    message = {"id": str(uuid.uuid4()), "text": "hi"}
    for method, path in (
        ("POST", "/chat/messages"),
        ("POST", "/chat/exit"),
        ("GET", "/chat/events"),
    ):
        answer = httpx.request(
            method, f"{stack.url}{path}", json=message, headers=headers, trust_env=False
        )
        assert answer.status_code == 403


def test_another_site_cannot_speak_for_a_visitor(stack: RunningHouse) -> None:
    visitor = Visitor(stack.settings)
    message = {"id": str(uuid.uuid4()), "text": "hi"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert visitor.http.post("/chat/messages", json=message, headers=headers).status_code == 403
    assert visitor.http.post("/chat/exit", headers=headers).status_code == 403


def test_message_sent_twice_over_a_bad_line_counts_once(stack: RunningHouse) -> None:
    visitor = Visitor(stack.settings)
    message = {"id": str(uuid.uuid4()), "text": "hi"}
    for _ in range(3):
        assert visitor.post(message).status_code == 202
    wait_until_quiet(stack.settings)
    (reply,) = visitor.new_replies()
    assert matches(reply["text"], "utter_ask_safe", "en")


def test_page_is_guarded_and_never_kept(stack: RunningHouse) -> None:
    answer = httpx.get(f"{stack.url}/", trust_env=False)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("path", ["/x", "/twilio", "/docs", "/openapi.json", "/pages/../app.py"])
def test_unknown_paths_are_not_found(stack: RunningHouse, path: str) -> None:
    assert httpx.get(f"{stack.url}{path}", trust_env=False).status_code == 404


@pytest.mark.parametrize(
    ("port", "path"),
    [("engine_port", "/webhooks/turn/take"), ("actions_port", "/webhook")],
)
@pytest.mark.parametrize("token", [None, "Bearer", "Bearer x", "Basic eDp4"])
def test_inner_doors_want_the_token(
    stack: RunningHouse, port: str, path: str, token: str | None
) -> None:
    url = f"http://127.0.0.1:{getattr(stack.settings, port)}{path}"
    headers = {} if token is None else {"Authorization": token}
    answer = httpx.post(url, json={}, headers=headers, trust_env=False)
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/model/parse", "/conversations/x/tracker", "/domain", "/status"])
def test_engines_own_interface_is_off(stack: RunningHouse, path: str) -> None:
    url = f"http://127.0.0.1:{stack.settings.engine_port}{path}"
    assert httpx.get(url, trust_env=False).status_code == 404
    assert httpx.post(url, json={}, trust_env=False).status_code in {404, 405}


def test_console_shows_nothing_without_a_sign_in(stack: RunningHouse) -> None:
    url = f"http://127.0.0.1:{stack.settings.console_port}/"
    answer = httpx.get(url, trust_env=False)
    assert answer.status_code in {303, 401, 403}
