"""Logs: a static event name and fields from an allowlist, as one JSON line each.

Whatever is not on the list is dropped, so that no word, number or name can slip
into a log by mistake. Log lines of libraries keep their level and logger alone.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "part",
        "channel",
        "calendar",
        "state",
        "reason",
        "count",
        "status",
        "logger",
        "error",
        "seconds",
    }
)

Event = MutableMapping[str, Any]


def keep_allowed(_: Any, __: str, event: Event) -> Event:
    """Drop every field that is not on the allowlist."""
    return {name: value for name, value in event.items() if name in ALLOWED}


class Wordless(logging.Handler):
    """A library's warning becomes its logger, its level and the class of its error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log that something happened, not what was said about it."""
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        structlog.get_logger().warning("library", logger=record.name, error=error)


def start_logs(part: str) -> None:
    """Send the logs of this process to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_allowed,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    structlog.contextvars.bind_contextvars(part=part)
    logging.basicConfig(handlers=[Wordless()], level=logging.WARNING, force=True)
