"""The members' side: open pages that hear the news, and pages that are loaded."""

from __future__ import annotations

import asyncio
import sys
import time
import uuid
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import httpx
from rich.progress import track

from bench.desk.filling import Room
from bot.settings import ROOT
from console.members import COOKIE

LOADS, WARM_UP, LINES = 60, 5, 100
#: Seconds until everything that was opened has had its first news.
SETTLING = 5.0


@dataclass
class Timings:
    """Seconds."""

    pages: dict[str, list[float]] = field(default_factory=dict)
    news: dict[str, list[float]] = field(default_factory=dict)


async def measure(room: Room, environment: Mapping[str, str]) -> Timings:
    """Everybody opens a page; then pages are loaded, and lines are waited for."""
    url, timings = f"http://127.0.0.1:{environment['WAYMARK_CONSOLE_PORT']}", Timings()
    async with AsyncExitStack() as stack:
        members = [await stack.enter_async_context(_browser(url, token)) for token in room.tokens]
        await _wait_until_open(members[0])
        writer = await stack.enter_async_context(_writing(room, environment))
        for number, member in enumerate(members[1:]):
            person_id = room.others[number] if number % 2 else None
            await stack.enter_async_context(_open_page(member, person_id))
        heard = asyncio.Queue[float]()
        await stack.enter_async_context(_open_page(members[0], room.held[0], heard))
        await asyncio.sleep(SETTLING)
        await _load_pages(members[0], room, timings)
        await _wait_for_lines(members[0], room.held[0], writer, heard, timings)
    return timings


async def _load_pages(member: httpx.AsyncClient, room: Room, timings: Timings) -> None:
    paths = {
        "/": ["/"],
        "/queue-part": ["/queue-part"],
        "/people/{id}": [f"/people/{one}" for one in room.held],
        "/people/{id}/lines": [f"/people/{one}/lines" for one in room.held],
    }
    for name, ways in paths.items():
        times = [
            await _load(member, ways[number % len(ways)])
            for number in track(range(WARM_UP + LOADS), description=name)
        ]
        timings.pages[name] = times[WARM_UP:]


async def _wait_for_lines(
    member: httpx.AsyncClient, person_id: uuid.UUID, writer: Process,
    heard: asyncio.Queue[float], timings: Timings,
) -> None:  # fmt: skip
    """``event``: the page hears of a line; ``lines``: it has it."""
    event, lines = list[float](), list[float]()
    for _ in track(range(LINES), description="news"):
        while not heard.empty():
            heard.get_nowait()
        said_at = await _let_say(writer)
        event.append(await asyncio.wait_for(heard.get(), 10) - said_at)
        await _load(member, f"/people/{person_id}/lines")
        lines.append(time.monotonic() - said_at)
    timings.news |= {"news: line to event": event, "news: line to its words in hand": lines}


async def _let_say(writer: Process) -> float:
    assert writer.stdin and writer.stdout
    writer.stdin.write(b"\n")
    await writer.stdin.drain()
    return float(await writer.stdout.readline())


async def _load(member: httpx.AsyncClient, path: str) -> float:
    began = time.monotonic()
    answer = await member.get(path, headers={"X-Live": "1"})
    assert answer.status_code == 200, answer.status_code
    return time.monotonic() - began


@asynccontextmanager
async def _open_page(
    member: httpx.AsyncClient, person_id: uuid.UUID | None,
    heard: asyncio.Queue[float] | None = None,
) -> AsyncIterator[None]:  # fmt: skip
    """A page that hears; without ``heard`` it loads its part anew at each news."""
    path = f"/events?person={person_id}" if person_id else "/events"
    part = f"/people/{person_id}/lines" if person_id else "/queue-part"

    async def hear() -> None:
        async with member.stream("GET", path) as answer:
            async for line in answer.aiter_lines():
                if not line.startswith(("event: person", "event: queue")):
                    continue
                if heard is None:
                    await member.get(part, headers={"X-Live": "1"})
                else:
                    heard.put_nowait(time.monotonic())

    listening = asyncio.create_task(hear())
    try:
        yield
    finally:
        listening.cancel()


@asynccontextmanager
async def _writing(room: Room, environment: Mapping[str, str]) -> AsyncIterator[Process]:
    ids = [",".join(map(str, some)) for some in (room.held[:1], room.others, room.waiting)]
    command = [sys.executable, "-m", "bench.desk.writer", *ids]
    writer = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, cwd=ROOT, env=dict(environment)
    )
    try:
        yield writer
    finally:
        assert writer.stdin
        writer.stdin.close()
        await writer.wait()


def _browser(url: str, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=url, cookies={COOKIE: token}, trust_env=False, timeout=30)


async def _wait_until_open(member: httpx.AsyncClient) -> None:
    for _ in range(300):
        try:
            await member.get("/")
            return
        except httpx.ConnectError:
            await asyncio.sleep(0.1)
    raise SystemExit("The console did not open.")
