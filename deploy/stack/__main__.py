"""Run all of Waymark on this machine until Ctrl-C or SIGTERM."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from bot.errors import SettingError, SiteError
from bot.flows.errors import TrainingFailed
from bot.store.errors import DatabaseFailed
from bot.vault.errors import VaultError
from deploy.stack.errors import StackError
from deploy.stack.up import up

REASONS = (
    SettingError,
    SiteError,
    StackError,
    DatabaseFailed,
    TrainingFailed,
    VaultError,
)


class Stop(BaseException):
    """The operator wants Waymark to stop."""


def _stop(signum: int, frame: FrameType | None) -> None:
    """The first wish counts; more of them must not disturb the stopping."""
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    raise Stop


def main() -> int:
    """0 after a wished stop, 1 with one sentence when it cannot run."""
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, _stop)
    try:
        up(dict(os.environ))
    except Stop:
        return 0
    except REASONS as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
