"""The written sentences of the content in this checkout, to compare replies with by name."""

from __future__ import annotations

from bot.flows.content import SHIPPED
from bot.flows.naming import Naming

_NAMING = Naming(SHIPPED)
matches, name_of = _NAMING.matches, _NAMING.name_of
