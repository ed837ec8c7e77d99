"""Every kind of question by its name in the content."""

from __future__ import annotations

from actions.kind_code_word import CodeWordKind
from actions.kind_desk import DeskKind
from actions.kind_name import NameKind
from actions.kind_note import NoteKind
from actions.kind_secret import SecretKind
from actions.kind_service import ServiceKind
from actions.kind_slot import SlotKind
from actions.kinds import Kind
from bot.journeys.content import Question

_PLAIN = Kind()
_SPECIAL: dict[str, Kind] = {
    "code_word": CodeWordKind(),
    "desk": DeskKind(),
    "name": NameKind(),
    "note": NoteKind(),
    "secret": SecretKind(),
    "service": ServiceKind(),
    "slot": SlotKind(),
}


def kind_of(question: Question) -> Kind:
    """The kind of a question; what needs nothing special is plain."""
    return _SPECIAL.get(question.kind, _PLAIN)
