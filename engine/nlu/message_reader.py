"""The first step: each message read for the steps that follow (see ``reading``)."""

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

from engine.code import read_code
from engine.nlu.glossary import find_lines
from engine.nlu.reading import Reading

#: Where the reading stands in Rasa's message.
READING = "reading"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class MessageReader(GraphComponent):
    """Adds the reading to each message; the words it knows travel in the trained model."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``lexicon``: the word lists' folder, from the folder where the training runs."""
        return {"lexicon": "data/lexicon"}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        reading: Reading | None = None,
    ) -> None:
        self._config, self._storage, self._resource = config, model_storage, resource
        self._reading = reading

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageReader:
        """Before the training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> MessageReader:
        """With the words of the trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Reading.load(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Other word lists, another training. Rasa also asks with what a cached node holds."""
        return f"{read_code(__file__)} {_find_lists({**cls.get_default_config(), **config})}"

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the examples."""
        examples = (str(message.get(TEXT)) for message in training_data.nlu_examples)
        with self._storage.write_to(self._resource) as folder:
            Reading.learn(*_find_lists(self._config), examples).save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read the examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message that has words."""
        for message in messages:
            if self._reading is not None and (text := message.get(TEXT)):
                message.set(READING, self._reading.read(text))
        return messages


def _find_lists(config: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The Spanish and the English word list; either may be missing."""
    folder = Path(config["lexicon"])
    return find_lines(folder / "es.tsv"), find_lines(folder / "en.tsv")
