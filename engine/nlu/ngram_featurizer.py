"""What a message is made of, as sparse features for Rasa."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from engine.code import read_code
from engine.nlu.message_reader import READING
from engine.nlu.ngrams import Ngrams


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """One sparse row a message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``least_seen``: see ``ngrams.Ngrams``."""
        return {**SparseFeaturizer.get_default_config(), "least_seen": 1}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing can be wrong that the vectorizer does not say itself."""

    def __init__(
        self, config: dict[str, Any], name: str, model_storage: ModelStorage, resource: Resource,
        ngrams: Ngrams,
    ) -> None:  # fmt: skip
        super().__init__(name, config)
        self._storage, self._resource, self._ngrams = model_storage, resource, ngrams

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:  # fmt: skip
        """Untrained."""
        ngrams = Ngrams(config["least_seen"])
        return cls(config, execution_context.node_name, model_storage, resource, ngrams)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **_: Any,
    ) -> NgramFeaturizer:  # fmt: skip
        """As trained."""
        with model_storage.read_from(resource) as folder:
            ngrams = Ngrams.load(folder)
        return cls(config, execution_context.node_name, model_storage, resource, ngrams)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Other code in this room, another training."""
        return read_code(__file__)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the n-grams of the examples."""
        read = _find_read(training_data.training_examples)
        self._ngrams.fit(_texts(read), _readings(read))
        with self._storage.write_to(self._resource) as folder:
            self._ngrams.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Count the examples' n-grams."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Count the n-grams of each message that was read."""
        read = _find_read(messages)
        if read:
            rows: csr_matrix = self._ngrams.transform(_texts(read), _readings(read))
            for number, message in enumerate(read):
                row = rows[number].tocoo()
                message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages


def _find_read(messages: list[Message]) -> list[Message]:
    return [message for message in messages if message.get(READING)]


def _texts(messages: list[Message]) -> list[str]:
    return [str(message.get(TEXT)) for message in messages]


def _readings(messages: list[Message]) -> list[str]:
    return [str(message.get(READING)) for message in messages]
