"""The written sentences, to compare replies with: by their names, as the content has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from bot.journeys.content import load_journeys

DATA = Path(__file__).parents[1] / "data"
RESPONSES = DATA / "responses"
_OPTIONS = r"(\n\d+ [^\n]+)*"

#: Replies that the directory fills rather than a response.
SHAPES = {
    "service": r"\d\. .+ (Call|Llama al|Text|Textea al) .+",
    "details": r".+\. .+",
    "website": r"(Website|Pagina|Página): .+",
    "plan part": r"[^:]+: .+",
    "step": r"\d .+: .+",
    "consents": r".+: (yes since|si desde) .+",
    "accesses": r"\d+ \w+: .+ (saw|vio) .+",
    "data": r"(Your address|Tu direccion) .+",
    "visits": r".+ \d+ .+ (am|pm), .+",
    "note": r"(This is all they would see|Esto es todo lo que verian):\nA\. .+",
}


def matches(reply: str, name: str, language: str) -> bool:
    """Whether ``reply`` is the response ``name`` in ``language``, options or not."""
    return re.fullmatch(_pattern(name, language), _bare(reply), re.DOTALL) is not None


def name_of(reply: str, language: str) -> str:
    """The response that ``reply`` is, or the reply itself: for messages of failing tests."""
    named = (name for name in _templates() if matches(reply, name, language))
    return next(named, reply)


@cache
def _pattern(name: str, language: str) -> str:
    if name in SHAPES:
        return SHAPES[name]
    parts = re.split(r"\{\w+\}", _bare(_templates()[name][language]))
    return ".*".join(re.escape(part.strip()) for part in parts) + _OPTIONS


@cache
def _templates() -> dict[str, dict[str, str]]:
    """Each sentence by language, as a text message: responses, and what journeys ask and say."""
    return {**dict(_find_responses()), **dict(_find_journeys())}


def _find_responses() -> Iterator[tuple[str, dict[str, str]]]:
    """Without a condition a response is English."""
    for file in sorted(RESPONSES.glob("*.yml")):
        written = yaml.safe_load(file.read_text(encoding="utf-8"))["responses"]
        for name, variants in written.items():
            told = [variant for variant in variants if "channel" not in variant]
            yield name, {_language(variant): variant["text"] for variant in told}


def _find_journeys() -> Iterator[tuple[str, dict[str, str]]]:
    """Named ``journey.start``, ``journey.menu``, ``journey.question``, ``journey.question.after``;
    and ``resumed``, which is said of any journey.
    """
    for name, journey in load_journeys(DATA / "journeys").items():
        for part in ("start", "menu"):
            if texts := getattr(journey, part):
                yield f"{name}.{part}", dict(texts)
        for question in journey.questions:
            yield f"{name}.{question.id}", dict(question.ask)
            if question.after:
                yield f"{name}.{question.id}.after", dict(question.after)
    phrases = yaml.safe_load((DATA / "phrases" / "journeys.yml").read_text(encoding="utf-8"))
    yield "resumed", {language: said["resumed"] for language, said in phrases.items()}


def _language(variant: dict[str, object]) -> str:
    conditions = variant.get("condition") or [{"value": "en"}]
    return str(conditions[0]["value"])  # type: ignore[index]


def _bare(text: str) -> str:
    """Without accents, which a text may leave out, and with single spaces."""
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r" +", " ", bare).strip()
