"""Everything that a rule looks at, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.flows.conversation import Topic, load_conversation
from bot.flows.errors import BadContent
from bot.journeys.content import Journey, load_journeys
from bot.site import Site
from bot.written import load_written

#: The first words of a file that a program translated and nobody has read since.
MACHINE_TRANSLATION = "# review: machine translation"

#: The texts of one file in ``data/phrases``: by language, then by name, such as ``options.skip``.
Phrases = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Domain:
    """The names in ``domain.yml``."""

    intents: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Content:
    """The conversation and what it is held against.

    ``machine_translated`` are files, by their place below the content's root. ``promises`` are
    words that nobody may promise, and ``validated`` those that nobody may make simpler, both by
    language. ``refused`` is why the site's changed settings cannot be read; ``site`` is then as it
    was before.
    """

    site: Site
    topics: Mapping[str, Topic] = field(default_factory=dict)
    journeys: Mapping[str, Journey] = field(default_factory=dict)
    phrases: Mapping[str, Phrases] = field(default_factory=dict)
    domain: Domain = field(default_factory=Domain)
    machine_translated: tuple[str, ...] = ()
    promises: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    validated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refused: str = ""


def load_content(root: Path, site: Site) -> Content:
    """The content under ``root``, as ``site`` speaks it.

    Raises :class:`BadContent`, or :class:`bot.journeys.errors.BadJourney`.
    """
    data = root / "data"
    return Content(
        site=site,
        topics=load_conversation(data),
        journeys=load_journeys(data / "journeys"),
        phrases={path.stem: _load_phrases(path) for path in sorted(data.glob("phrases/*.yml"))},
        domain=_load_domain(root / "domain.yml"),
        machine_translated=tuple(_find_machine_translated(root)),
        promises=_load_promises(data / "gate" / "promises.yml"),
        validated=_load_validated(data / "gate" / "validated.yml"),
    )


def _load_domain(path: Path) -> Domain:
    written = _load(path)
    return Domain(*(_names(path, written.get(part)) for part in ("intents", "actions", "forms")))


def _names(path: Path, written: Any) -> frozenset[str]:
    """Names from a list, in which one with settings is a mapping of its own, or from a mapping."""
    if not isinstance(written or [], (list, dict)):
        raise BadContent(path, "it holds no list of names")
    found = (one if isinstance(one, dict) else {str(one): None} for one in written or ())
    return frozenset(str(name) for one in found for name in one)


def _load_phrases(path: Path) -> Phrases:
    return {str(language): dict(_flatten("", texts)) for language, texts in _load(path).items()}


def _flatten(name: str, written: Any) -> Iterator[tuple[str, str]]:
    if isinstance(written, dict):
        for key, value in written.items():
            yield from _flatten(f"{name}.{key}" if name else str(key), value)
    elif isinstance(written, list):
        yield from _flatten(name, dict(enumerate(written, start=1)))
    else:
        yield name, "" if written is None else str(written)


def _load_promises(path: Path) -> dict[str, tuple[str, ...]]:
    return {
        language: tuple(text for _, text in _flatten("", phrases))
        for language, phrases in _load(path).items()
    }


def _load_validated(path: Path) -> dict[str, tuple[str, ...]]:
    """The wordings by language; in the file they stand by what they ask."""
    found: dict[str, tuple[str, ...]] = {}
    for wording in _load(path).values():
        for language, text in _flatten("", wording):
            found[language] = (*found.get(language, ()), " ".join(text.split()))
    return found


def _find_machine_translated(root: Path) -> Iterator[str]:
    for path in sorted((root / "data").rglob("*.yml")):
        if path.read_text(encoding="utf-8").casefold().startswith(MACHINE_TRANSLATION):
            yield str(path.relative_to(root))


def _load(path: Path) -> Mapping[str, Any]:
    try:
        written = load_written(path)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadContent(path, error) from error
    if not isinstance(written, dict):
        raise BadContent(path, "it holds no list of names")
    return written
