"""The phone's page: no stranger's code runs on it, and texts appear by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser

import httpx
import pytest

from bot.wire.outcomes import Sent
from tests.plain import PLAIN
from tests.simulator.conftest import PERSON, Send
from tests.simulator.receiver import Receiver


@pytest.mark.parametrize(
    ("path", "kind"), [("/", "text/html"), ("/phone.css", "text/css"), ("/phone.js", "javascript")]
)
def test_each_part_of_the_page_is_served_under_a_strict_policy(
    page: httpx.Client, path: str, kind: str
) -> None:
    answer = page.get(path)
    assert answer.status_code == 200
    assert kind in answer.headers["Content-Type"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "frame-ancestors": "'none'",
    }


def test_the_page_needs_nothing_that_its_policy_forbids(page: httpx.Client) -> None:
    tags = Tags()
    tags.feed(page.get("/").text)
    assert "style" not in {name for name, _ in tags.found}
    for name, attributes in tags.found:
        assert name != "script" or "src" in attributes
        assert not [key for key in attributes if key == "style" or key.startswith("on")]
        source = attributes.get("src") or attributes.get("href") or "/"
        assert source.startswith("/")
        assert not source.startswith("//")
        assert page.get(source).status_code == 200


@pytest.mark.parametrize(
    "path", ["/phone.html", "/phone.py", "/phone.", "/docs", "/openapi.json", "/redoc"]
)
def test_nothing_else_is_served(page: httpx.Client, path: str) -> None:
    assert page.get(path).status_code == 404


def test_texts_both_ways_appear_on_the_page(
    page: httpx.Client, send: Send, receiver: Receiver
) -> None:
    with page.stream("GET", f"/texts/{PERSON}") as stream:
        pictures = pictures_of(stream)
        assert next(pictures) == []
        type_text(page, "Hola")
        outcome = send("Está aquí 😀")
        send("not for this phone", number="+15035550143")
        assert isinstance(outcome, Sent)
        shown = until_delivered(pictures, count=2)
    sid = receiver.next().form["MessageSid"]
    assert shown == [
        _bubble(sid, "Hola", mine=True, encoding="GSM-7", units=4),
        _bubble(outcome.provider_id, "Está aquí 😀", mine=False, encoding="UCS-2", units=12),
    ]


def test_news_that_comes_late_appears_too(
    page: httpx.Client, send: Send, receiver: Receiver
) -> None:
    """A busy gateway takes each only at the second try, when a first picture was shown."""
    with page.stream("GET", f"/texts/{PERSON}") as stream:
        pictures = pictures_of(stream)
        receiver.answers.append(503)
        type_text(page, "Hola")
        assert len(until_delivered(pictures, count=1)) == 1
        receiver.answers.append(503)
        send("Hola")
        assert len(until_delivered(pictures, count=2)) == 2


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.found.append((tag, dict(attrs)))


def type_text(page: httpx.Client, body: str) -> None:
    """Send a text by a second line, since the first is busy with watching."""
    url = page.base_url.join("/texts")
    httpx.post(url, json={"number": PERSON, "body": body}, trust_env=False, verify=PLAIN)


def pictures_of(stream: httpx.Response) -> Iterator[list[dict[str, object]]]:
    """What the page shows, again and again, for as long as it is watched."""
    for line in stream.iter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


def until_delivered(
    pictures: Iterator[list[dict[str, object]]], count: int
) -> list[dict[str, object]]:
    """The first picture of ``count`` texts that have all arrived."""
    return next(
        shown for shown in pictures if [text["status"] for text in shown] == ["delivered"] * count
    )


def _bubble(sid: str, body: str, *, mine: bool, encoding: str, units: int) -> dict[str, object]:
    shown = {"sid": sid, "body": body, "mine": mine, "status": "delivered"}
    return {**shown, "segments": 1, "encoding": encoding, "units": units}
