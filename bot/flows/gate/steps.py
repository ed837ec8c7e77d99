"""Ways that lead nowhere, and places where no way leads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from json import JSONDecodeError

from bot.flows.conversation import Intent, Rule, Step
from bot.flows.gate.conditions import find_unreachable_questions
from bot.flows.gate.content import Content
from bot.flows.gate.finding import Finding
from bot.wire.choices import DECIDED
from bot.wire.meaning import EITHER, UNSURE

#: An option's payload: an intent, and what comes with it.
_PAYLOAD = re.compile(r"/(\w+)\s*(\{.*\})?")
#: Steps of the engine's own that let nobody hear anything.
_SILENT = frozenset({"action_deactivate_loop", "action_listen", "action_restart"})
#: Answers to a meaning with the response of its name.
_ANSWERS = "action_answer"

#: What nobody types and no response offers, and who says it instead.
SENT = {
    "begin": "the worker, at the beginning",
    "returned": "the worker, after a long silence",
    "house_answered": "the worker, with what the house knows",
    EITHER: "the engine, when two meanings are near",
    "answer": "the options of journeys",
    "start": "options that begin a journey",
    "change": "the lines of a plan",
    "do": "options that do something at once",
}


def dead_end(content: Content) -> Iterator[Finding]:
    """An option, a rule or a meaning after which nothing comes."""
    for topic in content.topics.values():
        for saying in topic.sayings:
            for option in saying.reply.options:
                if reason := _find_lost_option(option.payload, content):
                    reason = f"The option '{option.title}' {reason}"
                    yield Finding("dead_end", topic.name, saying.name, saying.language, reason)
        for rule in topic.rules:
            if reason := _find_broken_rule(rule, content):
                yield Finding("dead_end", topic.name, rule.name, "", reason)
        for intent in topic.intents:
            if reason := _find_unheard(intent, content):
                yield Finding("dead_end", topic.name, intent.name, "", reason)


def unreachable_step(content: Content) -> Iterator[Finding]:
    """What can be seen to never come: rules, meanings and questions that nothing leads to.

    Whether code says a response is not for the gate to know.
    """
    known = content.domain.intents | {UNSURE}
    for topic in content.topics.values():
        for rule in topic.rules:
            said = {name for step in rule.steps if step.kind == "says" for name in step.names}
            for name in sorted(said - known):
                reason = f"It waits for '{name}', which the domain does not know. Name another."
                yield Finding("unreachable_step", topic.name, rule.name, "", reason)
        for intent in topic.intents:
            if intent.name not in known:
                reason = "It has examples, but the domain does not know it. Add it there."
                yield Finding("unreachable_step", topic.name, intent.name, "", reason)
    for name in sorted(content.domain.intents - _find_heard(content)):
        reason = "It has no examples and no option offers it. Write examples, or take it away."
        yield Finding("unreachable_step", "domain", name, "", reason)
    for journey in content.journeys.values():
        for question, reason in find_unreachable_questions(journey):
            topic_name = f"journeys/{journey.name}"
            yield Finding("unreachable_step", topic_name, question.id, "", reason)


def _find_heard(content: Content) -> set[str]:
    """Every meaning that a message, an option or code can have."""
    topics = content.topics.values()
    payloads = (o.payload for t in topics for one in t.sayings for o in one.reply.options)
    offered = {found[1] for found in map(_PAYLOAD.fullmatch, payloads) if found}
    typed = {one.name for topic in topics for one in topic.intents if any(one.examples.values())}
    return {*typed, *offered, *DECIDED, *SENT}


def _find_lost_option(payload: str, content: Content) -> str:
    found = _PAYLOAD.fullmatch(payload.strip())
    if found is None:
        return "tells the engine nothing. Give it a payload such as /affirm."
    if found[1] not in content.domain.intents:
        return f"leads to '{found[1]}', which the domain does not know. Let it lead elsewhere."
    try:
        told = json.loads(found[2] or "{}")
    except JSONDecodeError:
        return f"comes with {found[2]}, which cannot be read. Write it as JSON."
    journey = told.get("journey")
    if journey is not None and str(journey) not in content.journeys:
        return f"begins the journey '{journey}', which does not exist. Name another."
    return ""


def _find_broken_rule(rule: Rule, content: Content) -> str:
    doable = content.domain.actions | content.domain.forms | _SILENT | _find_responses(content)
    for step in rule.steps:
        known = content.domain.forms if step.kind == "asks" else doable
        if step.kind in {"does", "asks"} and step.names[0] not in known:
            return f"It goes on with '{step.names[0]}', which does not exist. Name another."
    said = max((at for at, step in enumerate(rule.steps) if step.kind == "says"), default=-1)
    after = rule.steps[said + 1 :]
    if any(map(_is_heard, after)):
        return ""
    return "It ends without a word or a question. Let the bot say or ask something."


def _is_heard(step: Step) -> bool:
    return step.kind == "asks" or (step.kind == "does" and step.names[0] not in _SILENT)


def _find_unheard(intent: Intent, content: Content) -> str:
    if not any(intent.examples.values()):
        return ""
    steps = _find_next_steps(content).get(intent.name)
    if steps is None:
        return "People say this, and no rule hears it. Write a rule for it."
    if steps == {_ANSWERS} and f"utter_{intent.name}" not in _find_responses(content):
        return f"It is to be answered with 'utter_{intent.name}', which does not exist. Write it."
    return ""


def _find_next_steps(content: Content) -> Mapping[str, set[str]]:
    """For each meaning what is done first in the rules that hear it."""
    found: dict[str, set[str]] = {}
    for topic in content.topics.values():
        for rule in topic.rules:
            for at, step in enumerate(rule.steps):
                following = [name for one in rule.steps[at + 1 : at + 2] for name in one.names]
                for name in step.names if step.kind == "says" else ():
                    found.setdefault(name, set()).update(following)
    return found


def _find_responses(content: Content) -> frozenset[str]:
    return frozenset(one.name for topic in content.topics.values() for one in topic.sayings)
