"""What the forms of the simulator say. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from bot.flows.scripts import Script
from bot.store.rehearsals import EVERYTHING
from console.admin.change_forms import BadForm, one_line

#: Lines of a talk, and characters of a line and of a test's name.
MOST_LINES, LONGEST_LINE, LONGEST_NAME = 60, 500, 100
#: Channels with the words that people have for them.
CHANNELS = {
    "sms": "Text message", "whatsapp": "WhatsApp", "telegram": "Telegram", "web": "Web chat",
}  # fmt: skip
TAKEN = "Another test in this language has this name. Choose another one."


@dataclass(frozen=True)
class Talk:
    """Lines that somebody makes up. ``release`` is empty for the content in use."""

    release: str = ""
    channel: str = "sms"
    language: str = ""
    says: tuple[str, ...] = ()


def read_talk(form: FormData) -> Talk:
    """The talk as it was before the form was sent, whatever it holds; :func:`require_known` it."""
    return Talk(
        _text(form, "release"),
        _text(form, "channel"),
        _text(form, "language"),
        tuple(one_line(str(line))[:LONGEST_LINE] for line in form.getlist("says"))[:MOST_LINES],
    )


def require_known(talk: Talk, languages: Collection[str]) -> None:
    """Raises :class:`BadForm` for a channel or a language that there is not."""
    if talk.channel not in CHANNELS or talk.language not in languages:
        raise BadForm("Choose a channel and a language.")


def parse_next_lines(form: FormData, says: Sequence[str]) -> tuple[str, ...]:
    """All lines after a button was pressed. Raises :class:`BadForm`."""
    act = _text(form, "act")
    if act == "anew":
        return ()
    if act == "back":
        return tuple(says[:-1])
    if act == "again":
        return tuple(says)
    line = one_line(_text(form, "choice") or _text(form, "line"))
    if not line:
        raise BadForm("Write a line, or choose one of the answers.")
    if len(line) > LONGEST_LINE:
        raise BadForm(f"A line may have {LONGEST_LINE} characters.")
    if len(says) >= MOST_LINES:
        raise BadForm(f"A talk may have {MOST_LINES} lines. Take some back, or start anew.")
    return (*says, line)


def parse_name(untrusted: str, language: str, scripts: Collection[Script]) -> str:
    """The name of a new test, which none of ``scripts`` has. Raises :class:`BadForm`."""
    name = one_line(untrusted)
    if not name or name == EVERYTHING:
        raise BadForm("Give the test a name that says what it is about.")
    if len(name) > LONGEST_NAME:
        raise BadForm(f"A name may have {LONGEST_NAME} characters.")
    if any(script.key == (language, name) for script in scripts):
        raise BadForm(TAKEN)
    return name


def parse_release_id(untrusted: str) -> uuid.UUID | None:
    """The release that was chosen; ``None`` for the content in use. Raises :class:`BadForm`."""
    if not untrusted:
        return None
    try:
        return uuid.UUID(untrusted)
    except ValueError as error:
        raise BadForm("Choose a draft, or what is in use.") from error


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
