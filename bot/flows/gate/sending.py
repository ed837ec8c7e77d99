"""A sentence as a text message: its blanks filled, its options numbered, and what that takes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.flows.gate.blanks import BLANKS, OTHER
from bot.wire.segments import count_segments
from bot.wire.shortening import shorten
from bot.wire.turns import Option, Reply

#: Segments that one text may take: in more of them it costs more, and arrives late or not whole.
MOST_SEGMENTS = 2

_BLANK = re.compile(r"\{(\w+)\}")


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with what is known; a blank that nobody fills yet stays one."""
    filled = _BLANK.sub(lambda blank: facts.get(blank[1], blank[0]), text)
    # A fact may be empty, which would leave two spaces behind.
    return " ".join(filled.split())


def render_text_message(reply: Reply, facts: Mapping[str, str]) -> str:
    """The reply as a phone without buttons shows it."""
    options = (Option(fill(one.title, facts), one.payload) for one in reply.options)
    return shorten(Reply(fill(reply.text, facts), tuple(options)).numbered())


def count_sent(reply: Reply, language: str, facts: Mapping[str, str]) -> int:
    """The segments it takes, with what the house fills in while it talks."""
    return count_segments(render_text_message(reply, fill_facts(language, facts))).count


def fill_facts(language: str, facts: Mapping[str, str]) -> Mapping[str, str]:
    """The site's facts, and an example of everything else that may be filled in."""
    return {**BLANKS.get(language, BLANKS[OTHER]), **facts}
