"""``waymark train``: train the conversation if its content changed."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from rich.console import Console

from bot.commands.updating import take_up_update
from bot.flows.published import find_published
from bot.flows.train import find_model, train_model
from bot.settings import Settings


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "train", help="bring the conversation up to date, and train it if its content changed"
    )
    parser.add_argument("--force", action="store_true", help="train even if nothing changed")
    parser.set_defaults(run=run)


def run(parsed: argparse.Namespace, settings: Settings) -> int:
    """Print where the model lies. Raises ``SiteError`` and ``bot.flows.errors.TrainingFailed``."""
    for line in take_up_update(settings):
        print(line, file=sys.stderr)
    content = find_published(settings.home)
    model = None if parsed.force else find_model(content, settings.home)
    if model is None:
        with Console(stderr=True).status("Training (about a minute) ..."):
            model = train_model(content, settings.home)
    print(model)
    return 0
