"""Anything may be sent to any public address of the web: the answer is calm, dressed, and stores
nothing that is no message."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.chat import STATIC, routes
from gateway.house import build
from tests.house import RunningHouse
from tests.plain import PLAIN
from tests.records import Records

pytestmark = pytest.mark.stack

PATHS = [
    "/",
    "/leave",
    "/hide",
    "/embed.js",
    "/chat/messages",
    "/chat/exit",
    "/chat/remember",
    "/chat/events",
]
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
TOKEN = "t" * 43
CALM = {200, 202, 204, 303, 400, 403, 404, 405, 410, 413}
#: What an answer must never hold: the words of a fault.
FAULTS = ["Traceback", "Error", "Exception", "Internal", '"detail"', "sqlalchemy", "<script>alert"]

#: What a client can send at all in a header.
latin = st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\x7f"))
names = st.sampled_from(["session", "id", "text", "choice", "after", "lang", "speak", "again"])
values = st.one_of(
    st.text(),
    st.uuids().map(str),
    st.sampled_from([TOKEN, "", "-1", "9" * 40, "٣", "es", "xx", "<script>alert(1)</script>"]),
)
forms = st.dictionaries(names, values).map(lambda form: httpx.QueryParams(form))
bodies = st.one_of(st.binary(max_size=2000), forms.map(lambda form: str(form).encode()))
headers = st.fixed_dictionaries(
    {},
    optional={
        "Authorization": st.sampled_from(["Bearer", "Bearer x", f"Basic {TOKEN}"]) | latin,
        "Cookie": st.sampled_from([f"chat={TOKEN}", "chat=", "chat=x; chat=y"]) | latin,
        "Last-Event-ID": st.sampled_from(["-1", "1e9", "9" * 30, "x"]) | latin,
        "Accept-Language": st.sampled_from(["es;q=x", "*", "es-MX,;q=,"]) | latin,
        "Accept": st.sampled_from(["text/html", "*/*"]) | latin,
        "Content-Type": st.sampled_from(["application/json", "multipart/form-data"]) | latin,
        "Sec-Fetch-Site": st.sampled_from(["cross-site", "same-origin", "none"]) | latin,
    },
)


def test_every_address_is_tried(stack: RunningHouse) -> None:
    """An address that is added later must be added here, too."""
    app = FastAPI()
    app.include_router(routes(build(stack.settings)))
    assert set(app.openapi()["paths"]) == set(PATHS)


@pytest.mark.parametrize("path", PATHS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    method=st.sampled_from(METHODS),
    query=st.dictionaries(names | st.text(max_size=10), values, max_size=3),
    headers=headers,
    body=bodies,
)
def test_anything_gets_a_calm_answer_and_stores_nothing(
    stack: RunningHouse,
    path: str,
    method: str,
    query: dict[str, str],
    headers: dict[str, str],
    body: bytes,
) -> None:
    before = Records(stack.settings).counts()
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    if path == "/" and method == "POST":
        body = body.replace(TOKEN.encode(), b"")
    answer = httpx.request(
        method,
        f"{stack.url}{path}",
        params=query,
        headers=sent,
        content=body,
        trust_env=False,
        verify=PLAIN,
        timeout=20,
    )
    _is_calm(answer)
    after = Records(stack.settings).counts()
    if path not in {"/leave", "/chat/exit"}:
        assert all(after[table] <= before[table] for table in before)


@pytest.mark.parametrize("name", [*(file.name for file in STATIC.iterdir()), "", "..", "%2e%2e/x"])
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(method=st.sampled_from(METHODS), headers=headers)
def test_files_beside_the_pages_are_calm_too(
    stack: RunningHouse, name: str, method: str, headers: dict[str, str]
) -> None:
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    url = f"{stack.url}/pages/{name}"
    _is_calm(httpx.request(method, url, headers=sent, trust_env=False, verify=PLAIN))


def _is_calm(answer: httpx.Response) -> None:
    assert answer.status_code in CALM
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Server" not in answer.headers
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        assert [word for word in FAULTS if word in answer.text] == []
    elif answer.status_code >= 400:
        assert answer.content == b""


def test_session_takes_any_words(stack: RunningHouse) -> None:
    """A form with everything in its place, and rubbish for words, is answered as a page."""
    for text in ("\0", "\ud800".encode("utf-8", "replace").decode(), "<script>alert(1)</script>"):
        form = {"session": TOKEN, "id": "7d3c2f60-0000-4000-8000-000000000001", "text": text}
        answer = httpx.post(f"{stack.url}/", data=form, trust_env=False, verify=PLAIN, timeout=20)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
