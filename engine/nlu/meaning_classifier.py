"""The intent of a message, with a confidence that means what it says."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from engine.code import read_code
from engine.nlu.meanings import Meanings
from engine.nlu.message_reader import READING


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeaningClassifier(IntentClassifier, GraphComponent):
    """``meanings.Meanings`` as a component; reads the two featurizers before it."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``ngram_weight``: how much n-grams count beside the sentence encoder."""
        return {"ngram_weight": 0.5}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        meanings: Meanings | None = None,
    ) -> None:  # fmt: skip
        self._config, self._storage, self._resource = config, model_storage, resource
        self._meanings = meanings

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MeaningClassifier:
        """Untrained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **_: Any,
    ) -> MeaningClassifier:  # fmt: skip
        """As trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Meanings.load(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Other code in this room, another training."""
        return read_code(__file__)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples that have words and an intent."""
        examples = [m for m in training_data.intent_examples if m.get(READING) and m.get(INTENT)]
        sentences, ngrams = _rows(examples)
        labels = [str(message.get(INTENT)) for message in examples]
        meanings = Meanings.fit(sentences, ngrams, labels, self._config["ngram_weight"])
        with self._storage.write_to(self._resource) as folder:
            meanings.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of each message that was read."""
        read = [message for message in messages if message.get(READING)]
        if self._meanings is not None and read:
            for message, shares in zip(read, self._meanings.predict(*_rows(read)), strict=True):
                ranked = self._meanings.rank(shares)
                ranking = [{"name": name, "confidence": share} for name, share in ranked]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def _rows(messages: list[Message]) -> tuple[Any, csr_matrix]:
    """Sentence vectors, or ``None`` where there is no encoder, and n-grams."""
    ngrams = vstack([m.get_sparse_features(TEXT)[1].features for m in messages], format="csr")
    dense = [m.get_dense_features(TEXT)[1] for m in messages]
    if any(features is None for features in dense):
        return None, ngrams
    return np.vstack([features.features for features in dense if features]), ngrams
