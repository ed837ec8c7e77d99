"""Small pieces of a conversation, written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.flows.conversation import Intent, Rule, Saying, Step, Topic
from bot.flows.gate import Content, Finding
from bot.flows.gate.content import Domain
from bot.journeys.content import Journey, Question, Section
from bot.journeys.content import Option as Choice
from bot.settings import ROOT
from bot.site import load_site
from bot.wire.turns import Option, Reply

SITE = load_site(ROOT / "sites" / "demo")


def say(
    text: str,
    language: str = "en",
    *,
    name: str = "utter_night",
    channel: str | None = None,
    options: Mapping[str, str] | None = None,
) -> Saying:
    """A variant of a response; ``options`` are payloads by title."""
    offered = (Option(title, payload) for title, payload in (options or {}).items())
    return Saying(name, "night", language, channel, Reply(text, tuple(offered)))


def both(english: str, spanish: str, **more: Any) -> list[Saying]:
    """A response in both languages."""
    return [say(english, "en", **more), say(spanish, "es", **more)]


def rule(*steps: str) -> Rule:
    """A rule; each step is such as ``"says night"``."""
    return Rule("A night", "night", (), tuple(Step(k, (n,)) for k, n in map(str.split, steps)))


def ask(name: str, kind: str = "yes_no", **more: Any) -> Question:
    """A question that is asked in both languages; ``options`` are titles by their ids."""
    options = more.pop("options", {})
    choices = tuple(Choice(i, {"en": title, "es": title}) for i, title in options.items())
    words = {"en": "Is it safe?", "es": "¿Es seguro?"}
    return Question(name, "night", kind, ask=words, options=choices, **more)


def journey(*questions: Question, **more: Any) -> Journey:
    """A journey of one section."""
    sections = (Section("night", {"en": "A night", "es": "Una noche"}),)
    return Journey("sleep", sections, questions, **more)


def write(
    *sayings: Saying,
    rules: Iterable[Rule] = (),
    heard: Iterable[str] = (),
    journeys: Iterable[Journey] = (),
    intents: Iterable[str] = ("night",),
    **more: Any,
) -> Content:
    """Content of one topic. ``heard`` are intents with an example, ``intents`` the domain's."""
    known = tuple(Intent(one, "night", {"en": ("i can not sleep",)}) for one in heard)
    topic = Topic("night", reviewed=True, intents=known, sayings=sayings, rules=tuple(rules))
    domain = Domain(frozenset(intents), frozenset({"action_answer", "action_look"}),
                    frozenset({"sleep_form"}))  # fmt: skip
    found = {one.name: one for one in journeys}
    return Content(SITE, {"night": topic}, found, domain=domain, **more)


def show(findings: Iterable[Finding]) -> list[str]:
    """Where each finding is, in one line."""
    return [" ".join(filter(None, (one.topic, one.name, one.language))) for one in findings]
