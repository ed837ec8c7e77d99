"""From EXIT to silence on each channel: until nothing is left here, and on Telegram's screen too.

A person says a few things and leaves; the clock runs from the first byte of their EXIT until
no row of their talk is left and, where the vendor can clear the screen, until it is empty.
What a browser shows meanwhile is measured in ``tests/pages``: it is blank at once.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
from rich.progress import track

from bench.turns.home import wait_until
from bench.turns.waymark import Waymark, waymark_side
from tests.fakes.telegram import TOKEN
from tests.fakes.telegram_server import TelegramServer, open_telegram

PEOPLE = 40
SAID = ("hello", "yes")
SECRET = "a-secret-of-the-webhook"
#: Seconds between two looks.
LOOK = 0.002
_LEFT = """
SELECT EXISTS (SELECT FROM conversation)
    OR EXISTS (SELECT FROM inbox WHERE words IS NOT NULL)
"""
_FIELD = re.compile(r'name="session" value="([^"]+)"')

#: Brings a text of the person; and whether their screen can be seen to be empty.
Say = Callable[[str], None]
IsClear = Callable[[], bool]


def run(_: Path | None = None) -> dict[str, Any]:
    """A row for each channel, in milliseconds."""
    with open_telegram() as telegram:
        doors = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_SECRET": SECRET,
            "TELEGRAM_API_BASE": telegram.api_base,
        }
        with waymark_side(doors) as waymark, httpx.Client(trust_env=False, timeout=30) as http:
            people = {
                "text message": lambda n: _texter(waymark, http, n),
                "web chat": lambda n: _visitor(waymark, http),
                "Telegram": lambda n: _chatter(waymark, telegram, n),
            }
            rows = [_measure(name, waymark, meet) for name, meet in people.items()]
    note = f"{PEOPLE} people on each channel, one after another, on an otherwise idle house."
    return {"rows": rows, "notes": [note], "figures": rows}


def _measure(
    name: str, waymark: Waymark, meet: Callable[[int], tuple[Say, IsClear]]
) -> dict[str, Any]:
    times = sorted(
        _time_exit(waymark, *meet(number)) for number in track(range(PEOPLE), description=name)
    )
    cuts = quantiles(times, n=20)
    return {"channel": name, "p50, ms": round(1000 * cuts[9]), "p95, ms": round(1000 * cuts[18])}


def _time_exit(waymark: Waymark, say: Say, is_clear: IsClear) -> float:
    for text in SAID:
        say(text)
        wait_until(waymark.is_idle, "an answer")
    started = time.perf_counter()
    say("EXIT")
    while _is_left(waymark) or not is_clear():
        time.sleep(LOOK)
    return time.perf_counter() - started


def _is_left(waymark: Waymark) -> bool:
    return waymark.database.execute(_LEFT).fetchone() == (True,)


def _texter(waymark: Waymark, http: httpx.Client, number: int) -> tuple[Say, IsClear]:
    sender = f"+1503555{number:04}"

    def say(text: str) -> None:
        letter = waymark.carrier.write(waymark.webhook, sender, text)
        http.post(letter.url, data=letter.form, headers=letter.headers).raise_for_status()

    return say, lambda: True


def _visitor(waymark: Waymark, http: httpx.Client) -> tuple[Say, IsClear]:
    found = _FIELD.search(http.get(waymark.gateway).raise_for_status().text)
    assert found
    ours = {"Authorization": f"Bearer {found[1]}"}

    def say(text: str) -> None:
        path = "exit" if text == "EXIT" else "messages"
        body = {"id": str(uuid.uuid4()), "text": text}
        url = f"{waymark.gateway}/chat/{path}"
        http.post(url, json=body, headers=ours).raise_for_status()

    return say, lambda: True


def _chatter(waymark: Waymark, server: TelegramServer, number: int) -> tuple[Say, IsClear]:
    chat_id = 9_000_001 + number

    def say(text: str) -> None:
        update = server.telegram.write(chat_id, text)
        server.bring(f"{waymark.gateway}/telegram", SECRET, update).raise_for_status()

    return say, lambda: not server.telegram.chats[chat_id].messages
