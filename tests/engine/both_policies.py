"""Inside the engine: every prediction made twice, by Rasa's own policy and by the indexed one.

Reads the model, the site's facts and conversations; writes how much was compared, and what differs.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import sys
from collections.abc import Iterator
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.log_utils import configure_structlog

from bot.wire.choices import decide_choice
from bot.wire.turns import TurnAnswer, TurnRequest
from engine.actions import watch_actions
from engine.policies.rules import IndexedRulePolicy
from engine.shortcuts import take_shortcuts
from engine.turn_channel import _take
from engine.turn_store import TurnStore

SEED = 20261129
#: Talks of chance, and the most events of one.
TALKS, LONGEST = 150, 12


class Twin:
    """Stands before the policy in the model's graph and notes where the two are of two minds."""

    def __init__(self, agent: Agent) -> None:
        nodes = agent.processor.graph_runner._instantiated_nodes.values()
        node = next(node for node in nodes if isinstance(node._component, RulePolicy))
        self.policy, self.compared = node._component, 0
        self.differences: list[str] = []
        assert type(self.policy) is IndexedRulePolicy
        # The graph's own name for what it calls.
        node._fn = self._compare

    def _compare(
        self, policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain, **_: Any
    ) -> Any:
        """Both predictions; the indexed one goes on."""
        predicted = policy.predict_action_probabilities(tracker, domain)
        if (plain := _tell(self._predict_plainly(tracker, domain))) != _tell(predicted):
            self.differences.append(f"{plain} became {_tell(predicted)}")
        self.compared += 1
        return predicted

    def search(self, tracker: DialogueStateTracker, domain: Domain) -> None:
        """The keys that both find, with the intent and with the text of the last message."""
        for by_text in (False, True):
            states = self.policy._prediction_states(tracker, domain, by_text)
            for memory in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH):
                known = self.policy.lookup[memory]
                plain = RulePolicy._get_possible_keys(self.policy, known, states)
                if plain != self.policy._get_possible_keys(known, states):
                    self.differences.append(f"{memory}: {states}")
                self.compared += 1

    def _predict_plainly(self, tracker: DialogueStateTracker, domain: Domain) -> Any:
        self.policy.__class__ = RulePolicy
        try:
            return self.policy.predict_action_probabilities(tracker, domain)
        finally:
            self.policy.__class__ = IndexedRulePolicy


def _tell(prediction: Any) -> dict[str, Any]:
    told = {k: v for k, v in vars(prediction).items() if k != "policy_name"}
    return {**told, "events": [event.as_dict() for event in prediction.events]}


def _invent(domain: Domain, chance: random.Random) -> Iterator[Event]:
    """A talk that nobody leads: any action after any intent, in and out of every form."""
    yield ActionExecuted("action_listen")
    actions = ["action_listen", *domain.form_names, *domain.user_actions]
    for _ in range(chance.randrange(LONGEST)):
        intent = {"name": chance.choice(domain.intents), "confidence": 1.0}
        yield from chance.choice(
            [
                [ActionExecuted("action_listen"), UserUttered("words", intent)],
                [ActionExecuted(chance.choice(actions))],
                [ActiveLoop(chance.choice([None, *domain.form_names]))],
            ]
        )


async def _talk(agent: Agent, script: dict[str, Any], facts: dict[str, str]) -> None:
    """One written conversation, as the worker leads it, without the safety rules."""

    async def handle(message: UserMessage) -> None:
        await agent.handle_message(message)

    answer: TurnAnswer | None = None
    for says in script["says"]:
        options = [o for reply in answer.replies for o in reply.options] if answer else []
        payload = decide_choice(says, options) if answer else "/begin"
        answer = await _take(
            TurnRequest(
                "person", "turn", script["language"], facts, answer.snapshot if answer else None,
                None if payload else says, payload,
            ),
            agent, handle,
        )  # fmt: skip


async def _run(given: dict[str, Any]) -> dict[str, Any]:
    configure_structlog(logging.CRITICAL)
    take_shortcuts()
    endpoints = AvailableEndpoints.read_endpoints("engine/endpoints.yml")
    agent = Agent.load(
        given["model"],
        tracker_store=TurnStore(Domain.empty()),
        action_endpoint=endpoints.action,
    )
    watch_actions(agent)
    twin, chance = Twin(agent), random.Random(SEED)
    for script in given["scripts"]:
        await _talk(agent, script, given["facts"])
    said = twin.compared
    for _ in range(TALKS):
        events = list(_invent(agent.domain, chance))
        twin.search(
            DialogueStateTracker.from_events("person", events, agent.domain.slots), agent.domain
        )
    searched = twin.compared - said
    return {"said": said, "searched": searched, "differences": twin.differences[:5]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_run(json.load(sys.stdin)))))
