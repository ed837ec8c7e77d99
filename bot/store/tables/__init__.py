"""One table per file. Importing this package makes them all known."""

from __future__ import annotations

from bot.store.tables.access import AccessRow
from bot.store.tables.apart import ApartRow
from bot.store.tables.audit import AuditRow
from bot.store.tables.base import Base
from bot.store.tables.block import BlockRow
from bot.store.tables.booking import BookingRow
from bot.store.tables.capacity import CapacityRow
from bot.store.tables.care_step import CareStepRow
from bot.store.tables.closed_handoff import ClosedHandoffRow
from bot.store.tables.consent import ConsentRow
from bot.store.tables.contact import ContactRow
from bot.store.tables.conversation import ConversationRow
from bot.store.tables.cover import CoverRow
from bot.store.tables.debrief import DebriefRow
from bot.store.tables.directory_import import DirectoryImportRow
from bot.store.tables.draft import DraftRow
from bot.store.tables.entry import EntryRow
from bot.store.tables.entry_change import EntryChangeRow
from bot.store.tables.feedback import FeedbackRow
from bot.store.tables.handoff import HandoffRow
from bot.store.tables.inbox import InboxRow
from bot.store.tables.invitation import InvitationRow
from bot.store.tables.lane import LaneRow
from bot.store.tables.memory import MemoryRow
from bot.store.tables.memory_try import MemoryTryRow
from bot.store.tables.misread import MisreadRow
from bot.store.tables.opt_out import OptOutRow
from bot.store.tables.outbox import OutboxRow
from bot.store.tables.outcome import OutcomeRow
from bot.store.tables.passkey import PasskeyRow
from bot.store.tables.person import PersonRow
from bot.store.tables.private_note import PrivateNoteRow
from bot.store.tables.provider_answer import ProviderAnswerRow
from bot.store.tables.provider_link import ProviderLinkRow
from bot.store.tables.referral import ReferralRow
from bot.store.tables.rehearsal import RehearsalRow
from bot.store.tables.release import ReleaseChangeRow, ReleaseOpinionRow, ReleaseRow
from bot.store.tables.reminder import ReminderRow
from bot.store.tables.said import SaidRow
from bot.store.tables.script import ReleaseScriptRow, ScriptRow
from bot.store.tables.service import ServiceRow
from bot.store.tables.sign_in_try import SignInTryRow
from bot.store.tables.slot import SlotRow
from bot.store.tables.staff import StaffRow
from bot.store.tables.staff_session import StaffSessionRow
from bot.store.tables.step_count import StepCountRow
from bot.store.tables.task import TaskRow
from bot.store.tables.trace import TraceRow

__all__ = [
    "AccessRow",
    "ApartRow",
    "AuditRow",
    "Base",
    "BlockRow",
    "BookingRow",
    "CapacityRow",
    "CareStepRow",
    "ClosedHandoffRow",
    "ConsentRow",
    "ContactRow",
    "ConversationRow",
    "CoverRow",
    "DebriefRow",
    "DirectoryImportRow",
    "DraftRow",
    "EntryChangeRow",
    "EntryRow",
    "FeedbackRow",
    "HandoffRow",
    "InboxRow",
    "InvitationRow",
    "LaneRow",
    "MemoryRow",
    "MemoryTryRow",
    "MisreadRow",
    "OptOutRow",
    "OutboxRow",
    "OutcomeRow",
    "PasskeyRow",
    "PersonRow",
    "PrivateNoteRow",
    "ProviderAnswerRow",
    "ProviderLinkRow",
    "ReferralRow",
    "RehearsalRow",
    "ReleaseChangeRow",
    "ReleaseOpinionRow",
    "ReleaseRow",
    "ReleaseScriptRow",
    "ReminderRow",
    "SaidRow",
    "ScriptRow",
    "ServiceRow",
    "SignInTryRow",
    "SlotRow",
    "StaffRow",
    "StaffSessionRow",
    "StepCountRow",
    "TaskRow",
    "TraceRow",
]
