"""Rasa's rules, found by an index in place of a search through all of them.

Every "or" of a rule makes rules of its own, nearly a thousand in all, and Rasa holds each of
them against the conversation at every step. Most ask for another last action or another intent
than there is, so those that do are left out before the comparison, which stays Rasa's own.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

from engine.code import read_code

State = Mapping[str, Mapping[str, Any]]
#: The last action and the intent that a rule asks for, ``None`` where it asks for none.
Mark = tuple[str | None, str | None]


class RuleIndex:
    """The keys of one of Rasa's memories of rules, by what their newest state asks for."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys: dict[Mark, list[str]] = defaultdict(list)
        for key in keys:
            self._keys[_find_mark(json.loads(key)[-1])].append(key)

    def find(self, state: State) -> Iterator[str]:
        """Every key that may fit a conversation whose newest state this is."""
        action, intent = _find_mark(state)
        for mark in product({action, None}, {intent, None}):
            yield from self._keys.get(mark, ())


def _find_mark(state: State) -> Mark:
    action = _find_wish(state.get(PREVIOUS_ACTION), ACTION_NAME)
    # Before the first action Rasa looks at nothing else of a state.
    return action, _find_wish(state.get(USER), INTENT) if state.get(PREVIOUS_ACTION) else None


def _find_wish(part: Mapping[str, Any] | None, name: str) -> str | None:
    wish = (part or {}).get(name)
    return wish if isinstance(wish, str) and wish and wish != SHOULD_NOT_BE_SET else None


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class IndexedRulePolicy(RulePolicy):  # type: ignore[misc]
    """Predicts what :class:`RulePolicy` does, which also learns and keeps the rules."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._indexes: list[tuple[Mapping[str, str], RuleIndex]] = []

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Other code in this room, another training."""
        return read_code(__file__)

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        """Rasa's name for the search. A key that training took out of ``lookup`` stays out."""
        if not states:
            return set(lookup)
        found = self._find_index(lookup).find(states[-1])
        return super()._get_possible_keys({k: lookup[k] for k in found if k in lookup}, states)

    def _find_index(self, lookup: dict[str, str]) -> RuleIndex:
        """Made once for each of the two memories; Rasa never adds a key to one in use."""
        for known, index in self._indexes:
            if known is lookup:
                return index
        self._indexes.append((lookup, RuleIndex(lookup)))
        return self._indexes[-1][1]
