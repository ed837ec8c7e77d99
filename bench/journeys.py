"""How long a journey takes: messages of the person until it has given something, and segments.

Each talk is led by text message with a whole house, from the very first message on. What the
person says is the shortest that people say; nothing is skipped that the house asks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bot.settings import Settings
from bot.store import embedded
from bot.store.migrate import migrate
from bot.wire.segments import count_segments
from tests.content import matches
from tests.house import RunningHouse
from tests.phone import Phone

WELCOME = {"en": ("hi", "yes", "ok", "no"), "es": ("hola", "si", "sigue", "no")}


@dataclass(frozen=True)
class Talk:
    """What a person says after the welcome, the reply that ends it, and how many are the budget."""

    name: str
    ends_with: str
    budget: int
    said: Mapping[str, tuple[str, ...]]


TALKS = (
    Talk(
        "first service",
        "service",
        6,
        {"en": ("food in alder falls",), "es": ("comida en alder falls",)},
    ),
    Talk(
        "booking, with a code",
        "utter_booked",
        8,
        {"en": ("book", "1", "1", "1"), "es": ("cita", "1", "1", "1")},
    ),
    Talk(
        "short safety plan",
        "utter_plan_options",
        10,
        {
            "en": ("plan", "the porch", "a bag at work", "my aunt", "rosa", "pineapple"),
            "es": ("plan", "el patio", "una bolsa en el trabajo", "mi tía", "rosa", "piña"),
        },
    ),
)


def run(_: Path | None = None) -> dict[str, Any]:
    """A row for each journey and language."""
    with _house() as settings:
        rows = [_measure(settings, talk, language) for talk in TALKS for language in talk.said]
    note = "Messages of the person count from the very first, the welcome's four among them."
    return {"rows": rows, "notes": [note], "figures": rows}


def _measure(settings: Settings, talk: Talk, language: str) -> dict[str, Any]:
    phone, heard, taken = Phone(settings), list[str](), 0
    for text in (*WELCOME[language], *talk.said[language]):
        replies = phone.text(text)
        heard, taken = [*heard, *replies], taken + 1
        if any(matches(reply, talk.ends_with, language) for reply in replies):
            break
    else:
        raise SystemExit(f"{talk.name} in {language} did not come to its end: {heard[-1]}")
    segments = [count_segments(reply).count for reply in heard]
    return {
        "journey": talk.name,
        "language": language,
        "messages of the person": taken,
        "budget": talk.budget,
        "replies": len(heard),
        "segments": sum(segments),
        "longest reply, segments": max(segments),
    }


@contextmanager
def _house() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="waymark-journeys") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        cluster = embedded.find_cluster(Path(folder))
        embedded.start(cluster)
        try:
            with psycopg.connect(cluster.url, autocommit=True) as connection:
                connection.execute("CREATE DATABASE journeys")
            url = cluster.url.replace(f"@/{embedded.ACCOUNT}?", "@/journeys?")
            migrate(url)
            house = RunningHouse(home, url, {})
            house.load_directory()
            try:
                house.start()
                house.wait_until_healthy()
                yield house.settings
            finally:
                house.stop()
        finally:
            embedded.stop(cluster)
