"""The console's web application."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from bot.directory.duplicates import find_doubles
from bot.directory.hidden_names import find_all_namings
from console import faults
from console.admin import (
    changing,
    conversation,
    misread,
    pack_points,
    packs,
    playing,
    releases,
    scripts,
    services,
    settings,
    simulator,
    trying,
    updates,
)
from console.bodies import Bounded
from console.directory import routes as directory
from console.directory.looking import Looking
from console.house import House
from console.navigator import (
    blocking,
    events,
    openings,
    plan,
    queue,
    referrals,
    rest,
    taking,
    talk,
    tasks,
    transfers,
)
from console.navigator.line import Line
from console.navigator.presence import Presence
from console.partner import pages as partner
from console.practice import pages as practice
from console.shield import Shield
from console.sign_in import routes as sign_in
from console.supervisor import audit_pages, blocks, load, staff_pages

STATIC = Path(__file__).with_name("static")
#: Rooms by audience; none of them imports another.
ROOMS = (
    sign_in, queue, taking, transfers, events, talk, plan, referrals, tasks, openings, rest,
    blocking, partner, practice, load, blocks, audit_pages, staff_pages, conversation,
    changing, updates, releases, services, trying, misread, packs, pack_points,
    directory,
    simulator, scripts, playing, settings,
)  # fmt: skip


def build_app(house: House) -> FastAPI:
    """Every room behind the same door and the same shield."""

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        listening = asyncio.create_task(house.news.listen())
        yield
        listening.cancel()
        await house.database.dispose()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Bounded)
    app.add_middleware(Shield)
    begin_anew(app, house)
    faults.add_to(app, house)
    for room in ROOMS:
        app.include_router(room.routes(house))
    app.mount("/static", StaticFiles(directory=STATIC))
    return app


def begin_anew(app: FastAPI, house: House) -> None:
    """Nothing is known yet of what only a process that runs knows."""
    app.state.presence, app.state.line = Presence(), Line(house)
    app.state.doubles = Looking(house, find_doubles)
    app.state.namings = Looking(house, find_all_namings)
