"""``waymark release``: what blocks a release of the conversation, and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from bot.commands import rehearse
from bot.flows.gate import Finding, check, load_content
from bot.flows.site_in_use import find_site
from bot.settings import ROOT, Settings

#: Where each rule has its page of help.
HELP = "docs/gate"


def add_to(commands: Any) -> None:
    """Declare the commands."""
    parser = commands.add_parser("release", help="look at the conversation before it is released")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    action = actions.add_parser(
        "check",
        help="say what blocks a release, and why",
        description="Looks at the content as it is now, as the site speaks it. Changes nothing.",
    )
    action.add_argument("--json", action="store_true", help="print for a program to read")
    action.set_defaults(run=run_check)
    rehearse.add_to(actions)


def run_check(parsed: argparse.Namespace, settings: Settings) -> int:
    """0 when nothing blocks it, 1 otherwise. Raises ``BadContent`` or ``BadJourney``."""
    findings = check(load_content(ROOT, find_site(settings.site_path, settings.home)))
    if parsed.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        print(_render(findings))
    return 1 if findings else 0


def _render(findings: Sequence[Finding]) -> str:
    if not findings:
        return "Nothing blocks a release."
    lines = [f"{len(findings)} to mend before a release."]
    for rule, found in groupby(findings, key=lambda finding: finding.rule):
        lines += ["", f"{rule} ({HELP}/{rule}.md)"]
        for one in found:
            place = ", ".join(filter(None, (one.topic, one.name, one.language)))
            lines.append(f"  {place}: {one.reason}")
    return "\n".join(lines)
