"""What a person reads before they know how to leave."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.gate.content import Content
from bot.flows.gate.finding import Finding
from bot.flows.gate.texts import Text, find_spoken

#: What begins every conversation, whatever was written first.
FIRST = "utter_ask_safe"
#: What may be said until a person has agreed to go on, and to somebody who begins anew.
OPENING = frozenset(
    {
        FIRST,
        "utter_ask_safe_again",
        "utter_not_safe",
        "utter_ask_go_on",
        "utter_ask_go_on_again",
        "utter_care_started",
    }
)
#: The word that ends everything, by language: bot/care/patterns/any.toml.
WAYS_OUT = {"en": "EXIT", "es": "SALIR"}
#: A page of ours has a red button beside every text.
HAS_BUTTON = "web"


def missing_way_out(content: Content) -> Iterator[Finding]:
    """A text that opens a conversation without naming the word that ends it."""
    texts = [text for text in find_spoken(content) if text.name in OPENING]
    if not any(text.name == FIRST for text in texts):
        reason = "No conversation can begin without this response. Write it again."
        yield Finding("missing_way_out", "welcome", FIRST, "", reason)
    for text in texts:
        ways = [WAYS_OUT[text.language]] if text.language in WAYS_OUT else WAYS_OUT.values()
        if text.channel != HAS_BUTTON and not any(_names(text, way) for way in ways):
            reason = (
                f"It opens a conversation and does not say how to leave. Name {min(ways)} in it."
            )
            yield text.finding("missing_way_out", reason)


def _names(text: Text, way: str) -> bool:
    return f" {way} " in f" {''.join(c if c.isalnum() else ' ' for c in text.reply.text)} "
