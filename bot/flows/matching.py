"""Which rule of the conversation a turn followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.flows.conversation import Rule, Topic


def find_rule(topics: Iterable[Topic], meaning: str, actions: Sequence[str]) -> Rule | None:
    """The rule about ``meaning`` whose actions are among ``actions``, one behind the other; of
    several the one that says most. ``None`` where no rule fits, as inside a form.
    """
    rules = (rule for topic in topics for rule in topic.rules if rule.hears(meaning))
    fitting = [(rule, does) for rule in rules if _follow(does := _find_actions(rule), actions)]
    return max(fitting, key=lambda one: len(one[1]), default=(None, ()))[0]


def _find_actions(rule: Rule) -> tuple[str, ...]:
    return tuple(step.names[0] for step in rule.steps if step.kind == "does")


def _follow(does: tuple[str, ...], actions: Sequence[str]) -> bool:
    places = range(len(actions) - len(does) + 1)
    return bool(does) and any(tuple(actions[at : at + len(does)]) == does for at in places)
