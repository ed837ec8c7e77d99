"""``waymark doctor``: what works, what does not, and what to do about it."""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import httpx
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.commands.database import open_transaction
from bot.commands.doctor_telegram import examine_telegram
from bot.commands.doctor_twilio import examine_twilio
from bot.commands.finding import Finding, judge
from bot.errors import SiteError
from bot.flows.published import find_published
from bot.flows.site_in_use import find_site
from bot.flows.train import find_model
from bot.settings import ROOT, Settings
from bot.site_channels import SiteChannels
from bot.vault.errors import VaultError
from bot.vault.keyring import open_keyring

ENOUGH_MB = 500


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("doctor", help="say what works, what does not, and what to do")
    parser.add_argument("--json", action="store_true", help="print for a program to read")
    parser.set_defaults(run=run)


def run(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when all is well, 1 otherwise."""
    findings = list(examine(settings))
    if parsed.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            print(f"{'ok ' if finding.well else 'BAD'}  {finding.name}  {finding.advice}".rstrip())
    return 0 if all(finding.well for finding in findings) else 1


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at every part; nothing is changed."""
    yield _try("site pack", lambda: find_site(settings.site_path, settings.home))
    yield _try("keyring", lambda: open_keyring(settings.home))
    free = shutil.disk_usage(ROOT).free // 1_000_000
    yield judge("disk", free >= ENOUGH_MB, f"only {free} MB are free: make room")
    model = find_model(find_published(settings.home), settings.home)
    yield judge("model", model is not None, "run: waymark train")
    answers = asyncio.run(_database_answers(settings))
    yield judge("database", answers, "start Waymark: ./scripts/up")
    yield from _examine_parts(settings)
    yield from _examine_vendors(settings)


def _examine_parts(settings: Settings) -> Iterator[Finding]:
    try:
        url = f"http://127.0.0.1:{settings.port}/health"
        health = httpx.get(url, trust_env=False, timeout=5).json()
    except (httpx.HTTPError, ValueError):
        yield Finding("gateway", False, "start Waymark: ./scripts/up")
        return
    yield Finding("gateway", True)
    for part in ("engine", "actions", "worker"):
        advice = f"see {settings.home / 'logs' / part}.log"
        yield judge(part, health.get(part) == "ok", advice)


def _examine_vendors(settings: Settings) -> Iterator[Finding]:
    """Only what is switched on, and only by looking."""
    if settings.twilio is not None:
        try:
            channels = find_site(settings.site_path, settings.home).channels
        except SiteError:
            channels = SiteChannels()  # said already
        yield from examine_twilio(settings, channels)
    if settings.telegram is not None:
        yield from examine_telegram(settings)


def _try(name: str, look: Callable[[], object]) -> Finding:
    try:
        look()
    except (SiteError, VaultError) as error:
        return Finding(name, False, str(error))
    return Finding(name, True)


async def _database_answers(settings: Settings) -> bool:
    try:
        async with open_transaction(settings) as session:
            return bool(await session.scalar(text("SELECT 1")))
    except (SQLAlchemyError, OSError):
        return False
