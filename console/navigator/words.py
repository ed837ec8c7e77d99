"""The house's fixed words as staff read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

REASONS: Mapping[str, str] = {
    "human": "asked for a person",
    "misunderstood": "the automated service did not understand",
    "danger": "danger was seen",
    "medical": "a medical emergency was seen",
    "suicide": "thoughts of suicide were seen",
    "child": "a child in danger was seen",
    "check_in": "answers to the check-in that worry",
    "danger_violence": "may be in danger",
    "danger_captive": "may be held captive",
    "danger_medical": "may need a doctor",
    "danger_suicide": "may think of suicide",
    "danger_child": "a child may be in danger",
    "danger_harm_others": "may harm somebody",
}
HOW: Mapping[str, str] = {
    "": "has not chosen yet",
    "now": "wants to talk",
    "message": "left a message",
}
CHANNELS: Mapping[str, str] = {
    "sms": "text message",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "web": "web chat",
    "practice": "practice",
}
#: Why somebody passes a conversation on. The first is what is chosen beforehand.
PASSED_BECAUSE: Mapping[str, str] = {
    "unsaid": "no reason given",
    "language": "another language is needed",
    "knowledge": "somebody else knows more about this",
    "shift": "the shift is over",
    "closeness": "it is too close",
}
LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Spanish"}
STATES: Mapping[str, str] = {
    "pending": "on its way",
    "sending": "on its way",
    "sent": "sent",
    "delivered": "delivered",
    "failed": "could not be delivered",
    "stopped": "the person said STOP",
}


def say(words: Mapping[str, str], name: str) -> str:
    """A fixed word in plain ones; a new one as it stands."""
    return words.get(name, name.replace("_", " "))


def say_all(words: Mapping[str, str], names: Iterable[str]) -> str:
    """Several, one after another."""
    return ", ".join(say(words, name) for name in names)
