"""Run the simulator until it is asked to stop."""

from __future__ import annotations

import os
import sys

import uvicorn

from simulator.account import load_account
from simulator.app import build_app
from simulator.carrier import Carrier
from simulator.errors import Refused


def run() -> int:
    """2 with one sentence when it must not start here. A wished stop ends as its signal does."""
    try:
        account = load_account(os.environ)
    except Refused as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201 the operator is waiting for it
        return 2
    uvicorn.run(
        build_app(account, Carrier()),
        host="127.0.0.1",
        port=account.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    return 0


if __name__ == "__main__":
    sys.exit(run())
