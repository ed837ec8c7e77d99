"""Work that Rasa does anew in every turn, or several times at its start, done once.

Each one takes the place of a part of Rasa 3.6.21 and gives what that part gives. They are put
in place when the engine starts, before it loads a model; the trainer runs without them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import rasa.shared.utils.io
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot


def take_shortcuts() -> None:
    """Put all of them in place; a second time changes nothing."""
    Slot.__copy__ = _copy_slot
    DomainProvider.load = classmethod(_load_domain)
    if not hasattr(Event.resolve_by_type, "cache_info"):
        # Rasa walks through all kinds of events for each one that it reads.
        Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))


def _copy_slot(slot: Slot) -> Slot:
    """Every tracker copies all slots, and a turn makes a dozen trackers. Python's own way to
    copy what it does not know takes most of their time.
    """
    copied = object.__new__(type(slot))
    copied.__dict__.update(slot.__dict__)
    return copied


def _load_domain(
    cls: type[DomainProvider], *, model_storage: ModelStorage, resource: Resource, **_: Any
) -> DomainProvider:
    """Read once. Rasa reads the file four times, to find out whether it is a domain and whether it
    is a right one, which the trainer did that wrote it.
    """
    with model_storage.read_from(resource) as folder:
        written = rasa.shared.utils.io.read_yaml_file(folder / "domain.yml")
    return cls(model_storage, resource, Domain.from_dict(written))
