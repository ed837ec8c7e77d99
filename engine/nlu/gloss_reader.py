"""The first step: the message read in English words, for the steps that follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.nlu.glossary import Glossary, find_lines

#: Where the reading stands in Rasa's message.
READING = "reading"
_FILE = "lexicon.tsv"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class GlossReader(GraphComponent):
    """Adds the reading to each message; the word list travels in the trained model."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``lexicon``: the word list's path, from the folder where the training runs."""
        return {"lexicon": "data/lexicon/es.tsv"}

    def __init__(self, lines: list[str], model_storage: ModelStorage, resource: Resource) -> None:
        self._lines, self._storage, self._resource = lines, model_storage, resource
        self._glossary = Glossary(lines)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GlossReader:
        """From the word list of the content."""
        return cls(find_lines(Path(config["lexicon"])), model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **_: Any,
    ) -> GlossReader:  # fmt: skip
        """From the word list in the trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(find_lines(folder / _FILE), model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Another word list, another training. Rasa also asks with what a cached node holds."""
        given = {**cls.get_default_config(), **config}
        return "\n".join(find_lines(Path(given["lexicon"])))

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the word list with the model."""
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text("\n".join(self._lines), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read the examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message that has words."""
        for message in messages:
            if text := message.get(TEXT):
                message.set(READING, self._glossary.read(text))
        return messages
