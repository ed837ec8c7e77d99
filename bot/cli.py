"""``waymark``: one command for those who run and shape the service."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from sqlalchemy.exc import OperationalError

from bot.errors import SettingError, SiteError
from bot.flows.errors import BadContent, ModelMissing, ModelUnreadable, TrainingFailed
from bot.journeys.errors import BadJourney
from bot.packs.errors import PackError
from bot.settings import Settings, load
from bot.vault.errors import VaultError

Run = Callable[[argparse.Namespace, Settings], int]

#: Each is a module of ``bot.commands``.
COMMANDS = (
    "chat", "directory", "doctor", "fallback", "forget", "keys", "release", "site", "staff",
    "train", "understand",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code says what came of it (see ``bot.commands``)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parsed = _parser(given[:1]).parse_args(given)
    try:
        run: Run = parsed.run
        return run(parsed, load(os.environ))
    except (
        SettingError,
        SiteError,
        BadContent,
        BadJourney,
        ModelMissing,
        ModelUnreadable,
        PackError,
        TrainingFailed,
        VaultError,
    ) as error:
        print(error, file=sys.stderr)
    except OperationalError:
        print("The database does not answer. Is Waymark running? ./scripts/up", file=sys.stderr)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    return 1


def _parser(wanted: Sequence[str]) -> argparse.ArgumentParser:
    """Knows the command that is wanted, or else all of them: each takes time to read in."""
    parser = argparse.ArgumentParser(
        prog="waymark",
        description="A conversational navigator for survivors of violence and trafficking.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in [name for name in COMMANDS if name in wanted] or COMMANDS:
        import_module(f"bot.commands.{name}").add_to(commands)
    return parser
