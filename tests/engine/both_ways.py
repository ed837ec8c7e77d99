"""Inside the engine: each shortcut beside the part of Rasa whose place it takes.

Reads the archive of a model; writes what differs, nothing when all is well.
"""

from __future__ import annotations

import copy
import json
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses

from engine.shortcuts import take_shortcuts


def _load_domain(storage: Path) -> Domain:
    name = next(storage.glob("*domain*")).name
    model = LocalModelStorage.create(storage)
    provider = DomainProvider.load(
        config={}, model_storage=model, resource=Resource(name), execution_context=None
    )
    return provider.provide_inference()


def _observe(storage: Path) -> dict[str, Any]:
    """What must be the same before and after."""
    domain = _load_domain(storage)
    slots = [copy.copy(slot) for slot in domain.slots]
    slots[0].value = "of the copy alone"
    names = sorted(str(kind.type_name) for kind in all_subclasses(Event) if kind.type_name)
    return {
        "domain": domain.fingerprint(),
        "order": [domain.action_names_or_texts, list(domain.responses), domain.form_names],
        "slots": [(type(slot).__name__, repr(vars(slot))) for slot in slots],
        "originals": [repr(vars(slot)) for slot in domain.slots],
        "events": [Event.resolve_by_type(name).__name__ for name in names],
        "unknown": _refuse(),
    }


def _refuse() -> str:
    try:
        return str(Event.resolve_by_type("of nobody"))
    except ValueError as error:
        return str(error)


def _find_differences(archive: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as model:
        model.extractall(folder, filter="data")
        storage = Path(folder) / "components"
        slow = _observe(storage)
        take_shortcuts()
        take_shortcuts()
        fast = _observe(storage)
        yield from (name for name in slow if slow[name] != fast[name])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(list(_find_differences(json.load(sys.stdin)))))
