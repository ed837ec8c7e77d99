"""The sentences that work without the engine, read from the file the engine reads too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.care.errors import BadResponse
from bot.written import load_written

_FACT = re.compile(r"\{(\w+)\}")

# The text that is spoken when there is none in the person's language.
_DEFAULT = ""


class Words:
    """Reviewed sentences by name and language, from a Rasa responses file.

    ``path`` is such as ``data/responses/care.yml``. A variant with the condition
    ``slot language = es`` is for Spanish; the one without a condition is for everybody
    else. Raises ``BadResponse`` when a response has no variant without a condition.
    """

    def __init__(self, path: Path) -> None:
        content = load_written(path)
        self._texts = {
            name: _parse_variants(name, variants) for name, variants in content["responses"].items()
        }

    def render(self, name: str, language: str, facts: Mapping[str, str]) -> str:
        """The sentence ``name`` with the site's facts filled in.

        Raises ``BadResponse`` for an unknown name or a fact that the site does not give;
        check :meth:`fact_names` at the start, so that this never happens to a person.
        """
        texts = self._texts.get(name)
        if texts is None:
            raise BadResponse(name)
        text = texts.get(language, texts[_DEFAULT])
        missing = set(_FACT.findall(text)) - set(facts)
        if missing:
            raise BadResponse(f"{name}: {', '.join(sorted(missing))}")
        # A fact may be empty, which would leave two spaces behind.
        return " ".join(_FACT.sub(lambda fact: facts[fact[1]], text).split())

    def names(self) -> frozenset[str]:
        """Every response there is."""
        return frozenset(self._texts)

    def fact_names(self) -> frozenset[str]:
        """Every fact that a site has to give for these sentences."""
        texts = (text for variants in self._texts.values() for text in variants.values())
        return frozenset(fact for text in texts for fact in _FACT.findall(text))


def _parse_variants(name: str, variants: list[dict[str, Any]]) -> dict[str, str]:
    texts = {_find_language(variant): variant["text"].strip() for variant in variants}
    if _DEFAULT not in texts:
        raise BadResponse(f"{name} has no text without a condition")
    return texts


def _find_language(variant: Mapping[str, Any]) -> str:
    conditions = variant.get("condition", ())
    languages = (str(c["value"]) for c in conditions if c.get("name") == "language")
    return next(languages, _DEFAULT)
