"""The content gate: what blocks a release of the conversation, and why.

Each rule is one pure function over :class:`~bot.flows.gate.content.Content`, and has its page in
``docs/gate``. May import ``bot.care``, ``bot.journeys``, ``bot.wire`` and the site; never writes,
and knows no database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.flows.gate.carriers import carrier_word_as_command
from bot.flows.gate.content import Content, load_content
from bot.flows.gate.filling import unknown_blank
from bot.flows.gate.finding import Finding
from bot.flows.gate.opening import missing_way_out
from bot.flows.gate.options import same_titles
from bot.flows.gate.settings import (
    bad_setting,
    everyday_word,
    unlikely_line,
    weaker_safety,
)
from bot.flows.gate.sizes import hard_to_read, too_long
from bot.flows.gate.skipping import no_skip
from bot.flows.gate.steps import dead_end, unreachable_step
from bot.flows.gate.translations import machine_translation, missing_translation
from bot.flows.gate.words import confidential_address, promises_too_much

__all__ = ["RULES", "Content", "Finding", "Rule", "check", "load_content"]

Rule = Callable[[Content], Iterator[Finding]]

#: By name, in the order in which they are told: what may hurt somebody comes first.
RULES: Mapping[str, Rule] = {
    "confidential_address": confidential_address,
    "unlikely_line": unlikely_line,
    "weaker_safety": weaker_safety,
    "missing_way_out": missing_way_out,
    "promises_too_much": promises_too_much,
    "bad_setting": bad_setting,
    "everyday_word": everyday_word,
    "unknown_blank": unknown_blank,
    "carrier_word_as_command": carrier_word_as_command,
    "missing_translation": missing_translation,
    "machine_translation": machine_translation,
    "dead_end": dead_end,
    "unreachable_step": unreachable_step,
    "no_skip": no_skip,
    "same_titles": same_titles,
    "too_long": too_long,
    "hard_to_read": hard_to_read,
}


def check(content: Content) -> list[Finding]:
    """Everything that blocks a release of ``content``; nothing when it may go out."""
    return [finding for rule in RULES.values() for finding in rule(content)]
