"""The pages on which the conversation and the directory are read and changed, with more of both
than there is.

The conversation is multiplied (``bench.much``): meanings, responses and languages. The directory
is that of the benchmark ``entries``. The console is a process of its own.
"""

from __future__ import annotations

import asyncio
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from bench.directory import SERVICES
from bench.entries import fill
from bench.much import count_content, write_content, write_patterns, write_site
from bench.turns.figures import percentile
from bench.turns.home import SITE, free_ports, own_home, plain_environment, wait_until
from bench.turns.processes import running
from bot.flows.changes import Change, digest_value
from bot.flows.content import SHIPPED
from bot.flows.edition import Edition
from bot.flows.places import Place as ContentPlace
from bot.flows.places import read_value
from bot.flows.published import find_release, save_published
from bot.settings import Settings, load
from bot.store import embedded
from bot.store.database import connect, sessions
from bot.store.migrate import migrate
from bot.store.releases import claim_release, save_change, start_release
from bot.store.staff import Place, save_staff
from bot.store.staff_sessions import start_session
from bot.vault.keyring import open_keyring
from console.members import COOKIE

TIMES = 40
PAGE_MS, SEARCH_MS = 200, 100
GOODBYE = ContentPlace("saying", ("utter_goodbye", "en", ""))
#: Pages by the budget in milliseconds.
WAYS = {
    "/conversation": PAGE_MS,
    "/conversation?words=home": SEARCH_MS,
    "/conversation?words=nobody+wrote+this": SEARCH_MS,
    "/conversation/topics/questions": PAGE_MS,
    "/conversation/meanings/danger_violence": PAGE_MS,
    "/conversation/journeys/safety_plan": PAGE_MS,
    "/conversation/sayings/utter_goodbye/change": PAGE_MS,
    "/conversation/meanings/danger_violence/change": PAGE_MS,
    "/conversation/journeys/safety_plan/questions/now_signs/change": PAGE_MS,
    "/releases": PAGE_MS,
    "/conversation/settings": PAGE_MS,
    "/conversation/tests": PAGE_MS,
    "/directory": PAGE_MS,
    "/directory?page=2000": PAGE_MS,
    "/directory?words=houston": SEARCH_MS,
    "/directory?words=houston+serv": SEARCH_MS,
    "/directory?words=nobody+wrote+this": SEARCH_MS,
    "/directory?part=due": PAGE_MS,
    "/directory/due": PAGE_MS,
    "/directory/service/svc-3001": PAGE_MS,
    "/directory/change/svc-3001": PAGE_MS,
}


def run(_: Path | None = None) -> dict[str, Any]:
    """A row for each page, in milliseconds."""
    with own_home() as home:
        cluster = embedded.find_cluster(home)
        embedded.start(cluster)
        migrate(cluster.url)
        environment = {
            **plain_environment(),
            **free_ports("WAYMARK_CONSOLE_PORT"),
            "WAYMARK_HOME": str(home),
            "WAYMARK_DATABASE_URL": cluster.url,
            "WAYMARK_SITE": str(home / "site"),
        }
        write_site(SITE, home / "site")
        write_patterns(home / "patterns")
        settings = load(environment)
        counts = _publish_much(home)
        asyncio.run(fill(settings.database_url.reveal(), home / "services"))
        token, release = asyncio.run(_begin(settings))
        url = f"http://127.0.0.1:{settings.console_port}"
        with (
            running(_console(home / "patterns"), environment, home / "console.log"),
            httpx.Client(base_url=url, cookies={COOKIE: token}, trust_env=False) as member,
        ):
            wait_until(lambda: _answers(member), "the console")
            ways = {**WAYS, f"/releases/{release}": PAGE_MS}
            rows = [_measure(member, way, budget) for way, budget in ways.items()]
    counts["services"] = SERVICES
    note = ", ".join(f"{count:,} {what}" for what, count in counts.items())
    note += ". The first load after a change of the content reads all of it and is not counted."
    return {"title": "Reading and changing", "rows": rows, "notes": [note], "figures": rows}


def _console(patterns: Path) -> list[str]:
    """The console as it is started, but for languages that have no safety rules yet."""
    begin = f"""
from pathlib import Path
from bot.care import rulebook
rulebook.FOLDER = Path({str(patterns)!r})
from console.__main__ import run
run()
"""
    return [sys.executable, "-c", begin]


def _measure(member: httpx.Client, way: str, budget: int) -> dict[str, Any]:
    member.get(way).raise_for_status()
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        member.get(way).raise_for_status()
        times.append(time.perf_counter() - begun)
    name = way.replace(way[10:], "{id}") if way.startswith("/releases/") else way
    return {
        "page": name,
        "p50 ms": round(1000 * percentile(times, 50), 1),
        "p95 ms": round(1000 * percentile(times, 95), 1),
        "budget p95 ms": budget,
    }


def _answers(member: httpx.Client) -> bool:
    try:
        return member.get("/conversation", timeout=60).is_success
    except httpx.TransportError:
        return False


def _publish_much(home: Path) -> dict[str, int]:
    """Content with more than enough, in use; how many of each there are."""
    root = find_release(home, "b0")
    write_content(root)
    save_published(home, "b0")
    return count_content(root)


async def _begin(settings: Settings) -> tuple[str, uuid.UUID]:
    """A signed-in admin, and a release of theirs with a change."""
    open_keyring(settings.home)
    engine, now = connect(settings.database_url.reveal()), datetime.now(UTC)
    try:
        async with sessions(engine).begin() as session:
            ada = await save_staff(session, "ada@staff.example", "Ada", "", Place("admin"))
            token = await start_session(session, ada.id, now, proven=True)
            release = await start_release(session, "Goodbye", "Warmer", ada.id, now)
            claimed = await claim_release(session, release)
            assert claimed is not None
            before = read_value(Edition(SHIPPED), GOODBYE)
            after = {**before, "text": "Take care of yourself. EXIT ends this."}
            change = Change(GOODBYE, before, after)
            await save_change(session, claimed, change, digest_value(before), ada.id, now)
            return token, release
    finally:
        await engine.dispose()
