"""``waymark site``: a community's pack, sent, received and looked through."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.flows.published import read_published
from bot.packs.checking import TRIAL, Report, check_folder
from bot.packs.errors import NotWritten
from bot.packs.making import find_site_name, make_own
from bot.packs.reading import read_pack, save_site
from bot.packs.signing import parse_fingerprint
from bot.packs.using import use_content
from bot.packs.writing import save_pack
from bot.settings import Settings
from bot.site import load_site


def add_to(commands: Any) -> None:
    """Declare the commands."""
    parser = commands.add_parser("site", help="send, receive and look through a community's pack")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    _add_export(actions)
    _add_import(actions)
    _add_check(actions)
    _add_use(actions)


def _add_export(actions: Any) -> None:
    action = actions.add_parser("export", help="write the site and its conversation to one file")
    action.add_argument("file", metavar="FILE", type=Path)
    action.set_defaults(run=run_export)


def _add_import(actions: Any) -> None:
    action = actions.add_parser("import", help="write somebody else's pack to a new folder")
    action.add_argument("file", metavar="FILE", type=Path)
    action.add_argument("folder", metavar="FOLDER", type=Path)
    action.add_argument("--key", metavar="FINGERPRINT", help="refuse what another key has signed")
    action.set_defaults(run=run_import)


def _add_check(actions: Any) -> None:
    action = actions.add_parser("check", help="say what a site needs before it goes live")
    action.add_argument("folder", metavar="FOLDER", type=Path, nargs="?", help="WAYMARK_SITE")
    action.add_argument("--json", action="store_true", help="print for a program to read")
    action.set_defaults(run=run_check)


def _add_use(actions: Any) -> None:
    action = actions.add_parser(
        "use",
        help="put the conversation of an imported pack in use",
        description="Stop the house before. It learns the conversation at its next start.",
    )
    action.add_argument("folder", metavar="FOLDER", type=Path)
    action.set_defaults(run=run_use)


def run_export(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when the file is written. Raises ``PackError`` or ``SiteError``."""
    file, site = parsed.file.resolve(), load_site(settings.site_path)
    if file.is_relative_to(settings.site_path):
        raise NotWritten("Choose a place outside the site's folder; the next pack would hold it.")
    name = find_site_name(site, settings.site_path)
    made = make_own(settings.site_path, settings.home, name, datetime.now(UTC))
    save_pack(file, made.packed)
    print(f"{file}: {len(made.gathered.files)} files of {name}.")
    for path in made.gathered.left_out:
        print(f"Left out: {path}")
    print(f"Signed with the key {made.fingerprint}")
    print("Tell the receiver this fingerprint by another way than the file, such as a call.")
    return 0


def run_import(parsed: argparse.Namespace, _: Settings) -> int:
    """0 when the folder is written. Raises ``PackError``."""
    wanted = parse_fingerprint(parsed.key) if parsed.key is not None else None
    pack, folder = read_pack(parsed.file, wanted), parsed.folder.absolute()
    save_site(pack, folder)
    made = pack.manifest.made.strftime("%Y-%m-%d")
    print(f"{folder}: {len(pack.files)} files of {pack.manifest.site}, packed on {made}.")
    print(f"Signed with the key {pack.fingerprint}")
    if wanted is None:
        print("Compare this fingerprint with the sender by another way than the file.")
    print(f"Go through {folder / 'localise.toml'} before it goes live: waymark site check FOLDER")
    return 0


def run_check(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when it may go live, 1 otherwise."""
    report = check_folder(parsed.folder or settings.site_path)
    print(_render_json(report) if parsed.json else "\n".join(_render(report)))
    return 0 if report.may_go_live else 1


def run_use(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when it is in use. Raises ``PackError``, or ``SiteError`` while a point is open."""
    load_site(parsed.folder)
    before = read_published(settings.home) or "the one that came with the code"
    print(f"In use from the next start: {use_content(parsed.folder, settings.home)}")
    print(f"Before: {before}")
    return 0


def _render_json(report: Report) -> str:
    written = {
        "may_go_live": report.may_go_live,
        "points": [asdict(point) for point in report.points],
        "findings": [asdict(finding) for finding in report.findings],
        "problems": [*report.problems, *([TRIAL] if report.trial else [])],
    }
    return json.dumps(written, indent=2)


def _render(report: Report) -> Iterator[str]:
    if report.may_go_live:
        yield "Nothing stands in the way."
        return
    yield from report.problems
    if report.trial:
        yield TRIAL
    if report.points:
        yield f"{len(report.points)} open in localise.toml."
    for point in report.points:
        yield f"\n{point.name}: {point.what}\n  where: {point.where}\n  why: {point.why}"
    for found in report.findings:
        place = ", ".join(filter(None, (found.topic, found.name, found.language)))
        yield f"\n{found.rule} (docs/gate/{found.rule}.md)\n  {place}: {found.reason}"
