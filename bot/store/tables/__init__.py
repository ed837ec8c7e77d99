"""One table per file. Importing this package makes them all known."""

from __future__ import annotations

from bot.store.tables.base import Base
from bot.store.tables.consent import ConsentRow
from bot.store.tables.conversation import ConversationRow
from bot.store.tables.handoff import HandoffRow
from bot.store.tables.inbox import InboxRow
from bot.store.tables.lane import LaneRow
from bot.store.tables.opt_out import OptOutRow
from bot.store.tables.outbox import OutboxRow
from bot.store.tables.person import PersonRow
from bot.store.tables.service import ServiceRow
from bot.store.tables.trace import TraceRow

__all__ = [
    "Base",
    "ConsentRow",
    "ConversationRow",
    "HandoffRow",
    "InboxRow",
    "LaneRow",
    "OptOutRow",
    "OutboxRow",
    "PersonRow",
    "ServiceRow",
    "TraceRow",
]
