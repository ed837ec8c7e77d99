"""Blanks that nobody fills in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.flows.gate.content import Content
from bot.flows.gate.finding import Finding
from bot.flows.gate.sending import fill_facts
from bot.flows.gate.texts import find_spoken

_BLANK = re.compile(r"\{([^{}]*)\}")


def unknown_blank(content: Content) -> Iterator[Finding]:
    """A name in braces that neither the site nor the house knows, so that people would read it."""
    for text in find_spoken(content):
        known = fill_facts(text.language, content.site.facts)
        for blank in sorted({name for part in text.parts for name in _BLANK.findall(part)}):
            if blank not in known:
                reason = (
                    f"Nobody fills in '{{{blank}}}'. Take a name that other texts have, or write "
                    "the words."
                )
                yield text.finding("unknown_blank", reason)
