"""``docs/understanding.md``, written from what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.understanding.figures import (
    Share,
    find_accuracy,
    find_calibration_error,
    find_confusions,
)
from bench.understanding.own import Language

MOST_CONFUSIONS = 12

_HEAD = """# How well it understands

Written by `./scripts/bench understanding`. What each intent means is in [intents.md](intents.md),
how the parts work in
[decision 0007](decisions/0007-three-views-and-a-line.md) and
[0008](decisions/0008-spanish-read-in-english-words.md).

The test set (`tests/understanding`) was written without sight of the training lines, and a test
refuses near-copies of them. It is made up: real messages will be understood less well. None comes
from a survivor.
"""

_NOTES = """
- **Danger** counts what the safety rules or the engine find, whichever kind. What the engine
  alone finds is only ever asked about gently.
- **Noise** is lower case, no accents, texting's short forms and one slip of the thumb in eighteen
  letters.
- **Intervals** are Wilson's, 95 %. **Calibration** is the expected calibration error in ten bins:
  0 means that of messages
  understood with 70 % confidence, 70 % are understood.
- `danger_from` in `site.toml` moves the engine's part: lower finds more and asks more people who
  are not in danger.
"""


def render(
    languages: Sequence[Language], speed: float, public: Sequence[Mapping[str, Any]], before: str
) -> str:
    """The whole page. Public sets that were not measured stay as they were in ``before``."""
    parts = [_HEAD, "## Its own test set\n", _table(_own_rows(languages, speed)), _NOTES]
    for language in languages:
        rows = [
            {"is": expected, "taken for": found, "times": count}
            for expected, found, count in find_confusions(language.clean, MOST_CONFUSIONS)
        ]
        parts += [f"## Most confused, {language.name}\n", _table(rows), ""]
    if public:
        parts += [_PUBLIC_HEAD, _table(public), _PUBLIC]
    elif _PUBLIC_HEAD in before:
        parts.append(before[before.index(_PUBLIC_HEAD) :])
    return "\n".join(parts).rstrip() + "\n"


_PUBLIC_HEAD = "## Public sets, ten examples an intent\n"
_PUBLIC = """
Both pipelines trained with `rasa train nlu` and asked through Rasa, one message after another, in
one run. With ten examples an intent ours
counts word pieces seen once and n-grams a quarter. For messages out of scope one threshold is
chosen on the validation split, so that
88 % of the messages in scope are still understood.
"""


def _own_rows(languages: Sequence[Language], speed: float) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, str]] = {}
    for language in languages:
        clean, noisy = find_accuracy(language.clean), find_accuracy(language.noisy)
        figures = {
            "messages": str(clean.of),
            "intent accuracy": str(clean),
            "the same with noise": str(noisy),
            "points lost to noise": f"{100 * (clean.value - noisy.value):.1f}",
            "calibration error": f"{find_calibration_error(language.clean):.3f}",
            **{f"danger found, {kind}": str(share) for kind, share in language.recall.items()},
            "danger found, all": str(_add(language.recall.values())),
            "false alarms, ordinary messages": str(language.false_alarms),
        }
        for figure, value in figures.items():
            rows.setdefault(figure, {"": figure})[language.name] = value
    rows["speed"] = {"": "messages a second, rules and engine", languages[0].name: f"{speed:.0f}"}
    return list(rows.values())


def _add(shares: Iterable[Share]) -> Share:
    """One share of all."""
    parts = list(shares)
    return Share(sum(part.hits for part in parts), sum(part.of for part in parts))


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    heads = list(dict.fromkeys(head for row in rows for head in row))
    lines = [heads, ["---"] * len(heads), *([row.get(head, "") for head in heads] for row in rows)]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
