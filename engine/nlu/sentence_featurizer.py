"""What a message means, from the sentence encoder, as dense features for Rasa."""

from __future__ import annotations

import logging
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.code import read_code
from engine.nlu.encoder import EncoderMissing, SentenceEncoder, find_folder
from engine.nlu.message_reader import READING

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """One dense row a message; none where there is no encoder, and then the log says so."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``folder``: a local encoder, or the package's. ``sha256``: of its weights."""
        return {**DenseFeaturizer.get_default_config(), "folder": None, "sha256": ""}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """The encoder itself is checked when it is opened."""

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._encoder = _open(config)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Raises ``EncoderChanged`` for weights other than the configuration's."""
        return cls(config, execution_context.node_name)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Features learned with an encoder are no use without it.

        Rasa also asks with what a cached node holds instead of its configuration.
        """
        try:
            find_folder({**cls.get_default_config(), **config}["folder"])
        except EncoderMissing:
            return f"{read_code(__file__)} without"
        return f"{read_code(__file__)} with"

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode the examples, many at a time."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode each message that was read."""
        read = [message for message in messages if message.get(READING)]
        if self._encoder is None or not read:
            return messages
        rows = self._encoder.encode([message.get(READING) for message in read])
        for message, row in zip(read, rows, strict=True):
            features = Features(row[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
            message.add_features(features)
        return messages


def _open(config: dict[str, Any]) -> SentenceEncoder | None:
    try:
        return SentenceEncoder(config["folder"], config["sha256"])
    except EncoderMissing:
        logger.warning("No sentence encoder is installed: messages are understood by n-grams.")
        return None
