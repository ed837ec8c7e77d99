"""The page's door, and the doors inside: the engine's, the actions', the console's."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

import httpx
import pytest

from tests.content import matches
from tests.house import RunningHouse
from tests.phone import Phone, wait_until_quiet
from tests.plain import PLAIN
from tests.records import Records
from tests.visitor import Visitor, find_token

pytestmark = pytest.mark.stack

DEEP = b'{"id":' + b"[" * 100_000
SAID = re.compile(r'<li class="mine"><p>(.*?)</p>', re.DOTALL)
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


def find_said(page: str) -> list[str]:
    """What a page without script shows as said by the person."""
    return SAID.findall(page)


@pytest.mark.parametrize("content", NO_MESSAGES, ids=lambda content: repr(content[:30]))
def test_what_is_no_message_is_refused_and_not_stored(stack: RunningHouse, content: bytes) -> None:
    visitor = Visitor(stack.settings)
    before = Records(stack.settings).counts()
    assert visitor.http.post("/chat/messages", content=content).status_code == 400
    assert Records(stack.settings).counts() == before


@pytest.mark.parametrize("token", [None, "", "x", "x" * 42, "x" * 3000, "é" * 43, "x" * 42 + "/"])
def test_who_has_no_session_is_refused(stack: RunningHouse, token: str | None) -> None:
    headers = {} if token is None else {"Authorization": f"Bearer {token}".strip().encode()}
    cookie = {"Cookie": f"chat={'x' * 43}"}
    message = {"id": str(uuid.uuid4()), "text": "hi"}
    before = Records(stack.settings).counts()
    for method, path in (
        ("POST", "/chat/messages"),
        ("POST", "/chat/exit"),
        ("POST", "/chat/remember"),
        ("GET", "/chat/events"),
    ):
        answer = httpx.request(
            method,
            f"{stack.url}{path}",
            json=message,
            headers=headers | cookie,
            trust_env=False,
            verify=PLAIN,
        )
        assert answer.status_code == 403
    assert Records(stack.settings).counts() == before


def test_another_site_cannot_speak_for_a_visitor(stack: RunningHouse) -> None:
    visitor = Visitor(stack.settings)
    message = {"id": str(uuid.uuid4()), "text": "hi"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    before = Records(stack.settings).counts()
    assert visitor.http.post("/chat/messages", json=message, headers=headers).status_code == 403
    assert visitor.http.post("/chat/exit", headers=headers).status_code == 403
    assert visitor.http.post("/chat/remember", headers=headers).status_code == 403
    form = {"session": visitor.token, **message}
    assert "hi" not in find_said(visitor.http.post("/", data=form, headers=headers).text)
    assert Records(stack.settings).counts() == before


def test_looking_stores_nothing(stack: RunningHouse) -> None:
    before = Records(stack.settings).counts()
    visitor = Visitor(stack.settings)
    assert visitor.http.get("/chat/events").status_code == 404
    assert visitor.http.post("/chat/remember").status_code == 204
    for path in ("/", "/hide", "/embed.js", "/pages/chat.js"):
        answer = visitor.http.get(path)
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert Records(stack.settings).counts() == before


def test_nobody_is_remembered_without_consent(stack: RunningHouse) -> None:
    visitor = Visitor(stack.settings)
    visitor.say("hi")
    assert "Set-Cookie" not in visitor.http.post("/chat/remember").headers
    page = visitor.http.get("/", headers={"Cookie": f"chat={visitor.token}"})
    assert find_token(page.text) != visitor.token
    assert "Max-Age=0" in page.headers["Set-Cookie"]


def test_every_view_has_a_token_of_its_own(stack: RunningHouse) -> None:
    assert Visitor(stack.settings).token != Visitor(stack.settings).token


def test_message_sent_twice_over_a_bad_line_counts_once(stack: RunningHouse) -> None:
    visitor = Visitor(stack.settings)
    message = {"id": str(uuid.uuid4()), "text": "hi"}
    for _ in range(3):
        assert visitor.post(message).status_code == 202
    wait_until_quiet(stack.settings)
    (reply,) = visitor.new_replies()
    assert matches(reply["text"], "utter_ask_safe", "en")


def test_page_is_guarded_and_never_kept(stack: RunningHouse) -> None:
    answer = httpx.get(f"{stack.url}/", trust_env=False, verify=PLAIN)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "Set-Cookie" not in answer.headers


def test_way_out_stays_open_through_the_policy(stack: RunningHouse) -> None:
    """Browsers hold the redirect of a form to the policy, too."""
    answer = httpx.post(f"{stack.url}/leave", trust_env=False, verify=PLAIN)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "https://www.weather.gov/"
    assert (
        "form-action 'self' https://www.weather.gov;" in (answer.headers["Content-Security-Policy"])
    )
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Max-Age=0" in answer.headers["Set-Cookie"]


def test_templates_and_words_are_not_served(stack: RunningHouse) -> None:
    for path in ("/pages/chat.html", "/pages/words.en.toml", "/pages/../words.en.toml", "/pages/"):
        assert httpx.get(f"{stack.url}{path}", trust_env=False, verify=PLAIN).status_code == 404


def test_lost_visitor_gets_a_calm_page(stack: RunningHouse) -> None:
    headers = {"Accept": "text/html", "Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}
    answer = httpx.get(f"{stack.url}/x", headers=headers, trust_env=False, verify=PLAIN)
    assert answer.status_code == 404
    assert "Aquí no hay nada." in answer.text and "Salir ya" in answer.text
    assert httpx.get(f"{stack.url}/x", trust_env=False, verify=PLAIN).text == ""


@pytest.mark.parametrize("path", ["/x", "/twilio", "/docs", "/openapi.json", "/pages/../app.py"])
def test_unknown_paths_are_not_found(stack: RunningHouse, path: str) -> None:
    assert httpx.get(f"{stack.url}{path}", trust_env=False, verify=PLAIN).status_code == 404


@pytest.mark.parametrize(
    ("port", "path"),
    [
        *(("engine_port", f"/webhooks/turn/{door}") for door in ("take", "load", "understand")),
        ("actions_port", "/webhook"),
    ],
)
@pytest.mark.parametrize("token", [None, "Bearer", "Bearer x", "Basic eDp4"])
def test_inner_doors_want_the_token(
    stack: RunningHouse, port: str, path: str, token: str | None
) -> None:
    url = f"http://127.0.0.1:{getattr(stack.settings, port)}{path}"
    headers = {} if token is None else {"Authorization": token}
    answer = httpx.post(url, json={}, headers=headers, trust_env=False, verify=PLAIN)
    assert answer.status_code == 403


def test_a_model_that_does_not_load_changes_nothing(
    stack: RunningHouse, phone: Phone, tmp_path: Path
) -> None:
    phone.text("hi")
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no archive")
    url = f"http://127.0.0.1:{stack.settings.engine_port}/webhooks/turn"
    headers = {"Authorization": f"Bearer {stack.settings.engine_token.reveal()}"}
    with httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=60) as engine:
        for model in (str(broken), str(tmp_path / "nowhere.tar.gz"), None, ["x"]):
            assert engine.post("/load", json={"model": model}).status_code == 500
        read = engine.post("/understand", json={"text": "i need a lawyer"}).json()
    assert read["ranking"][0]["intent"] == "need_legal"
    assert matches(phone.text("yes")[-1], "utter_ask_go_on", "en")


@pytest.mark.parametrize("path", ["/model/parse", "/conversations/x/tracker", "/domain", "/status"])
def test_engines_own_interface_is_off(stack: RunningHouse, path: str) -> None:
    url = f"http://127.0.0.1:{stack.settings.engine_port}{path}"
    assert httpx.get(url, trust_env=False, verify=PLAIN).status_code == 404
    assert httpx.post(url, json={}, trust_env=False, verify=PLAIN).status_code in {404, 405}


def test_console_shows_nothing_without_a_sign_in(stack: RunningHouse) -> None:
    url = f"http://127.0.0.1:{stack.settings.console_port}/"
    answer = httpx.get(url, trust_env=False, verify=PLAIN)
    assert answer.status_code in {303, 401, 403}
