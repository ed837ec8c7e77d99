"""The last step: whether the message was understood at all, by the site's own thresholds."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, METADATA
from rasa.shared.nlu.training_data.message import Message

from bot.wire.meaning import Meaning, Thresholds, decide_meaning


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Doubt(GraphComponent):
    """Acts on what ``bot.wire.meaning`` decides; the ranking stays as it is.

    A turn brings the site's thresholds in its metadata, and what danger a piece of a long
    message told of; ``rasa test`` gets the defaults.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Doubt:
        """Nothing to keep."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Settle the intent of each message that was ranked."""
        for message in messages:
            if ranking := message.get("intent_ranking"):
                message.set(INTENT, _settle(message, ranking), add_to_output=True)
        return messages


def _settle(message: Message, ranking: list[dict[str, Any]]) -> dict[str, Any]:
    given = message.get(METADATA) or {}
    meanings = [Meaning(one["name"], one["confidence"]) for one in ranking]
    thresholds = Thresholds.from_json(given.get("thresholds") or {})
    intent = given.get("danger") or decide_meaning(meanings, thresholds)
    confidence = next((one.confidence for one in meanings if one.intent == intent), 0.0)
    return {"name": intent, "confidence": confidence}
