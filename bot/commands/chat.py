"""``waymark chat``: talk with the running service in the terminal, as any web visitor would."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import threading
import uuid
from collections.abc import Iterator
from typing import Any

import httpx

from bot.settings import Settings

LEAVE = {"/quit", "/q"}
#: What the page has and a terminal has not; the bot speaks as it does to every web visitor.
GREETING = """\
You talk as a visitor of the web chat. What the bot says of a page or a red button is not here:
EXIT, Ctrl-D or /quit ends the talk and erases it. What stands in this window stays until you
clear it."""


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "chat",
        help="talk with the running service in the terminal",
        description="Lines you type are sent as a visitor's. EXIT, Ctrl-D or /quit ends the talk.",
    )
    parser.set_defaults(run=run)


def run(_: argparse.Namespace, settings: Settings) -> int:
    """0 after the talk, 1 when the service does not answer."""
    base = f"http://127.0.0.1:{settings.port}"
    try:
        with httpx.Client(base_url=base, trust_env=False, timeout=10) as visitor:
            visitor.get("/").raise_for_status()
            visitor.headers["Authorization"] = f"Bearer {secrets.token_urlsafe(32)}"
            print(GREETING)
            _talk(visitor)
    except httpx.HTTPError:
        print("The service does not answer. Is Waymark running? ./scripts/up", file=sys.stderr)
        return 1
    return 0


def _talk(visitor: httpx.Client) -> None:
    """The house has nothing to show to a visitor who has said nothing, so the first line comes
    before the replies are listened for."""
    listener = threading.Thread(target=_show_replies, args=(visitor,), daemon=True)
    for line in sys.stdin:
        said = line.rstrip("\n")
        if said in LEAVE:
            break
        message = {"id": str(uuid.uuid4()), "text": said}
        if visitor.post("/chat/messages", json=message).raise_for_status().json()["leave"]:
            return
        if not listener.is_alive():
            listener.start()
    visitor.post("/chat/exit")


def _show_replies(visitor: httpx.Client) -> None:
    for reply in _read_replies(visitor):
        print(f"\n{reply['text']}")
        for number, option in enumerate(reply["options"], start=1):
            print(f"  {number} {option['title']}")
        print("> ", end="", flush=True)


def _read_replies(visitor: httpx.Client) -> Iterator[dict[str, Any]]:
    with visitor.stream("GET", "/chat/events", timeout=None) as events:
        for line in events.iter_lines():
            if line.startswith("data: ") and line != "data: {}":
                yield json.loads(line.removeprefix("data: "))
