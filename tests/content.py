"""The written sentences, to compare replies with: by their names, as the content has them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

RESPONSES = Path(__file__).parents[1] / "data" / "responses"
_OPTIONS = r"(\n\d+ [^\n]+)*"

#: Replies that the directory fills rather than a response.
SHAPES = {
    "service": r"\d\. .+ (Call|Llama al|Text|Textea al) .+",
    "details": r".+\. .+",
    "website": r"(Website|Pagina|Página): .+",
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
    """Each response's text by language, as a text message; without a condition it is English."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(RESPONSES.glob("*.yml")):
        written = yaml.safe_load(file.read_text(encoding="utf-8"))["responses"]
        for name, variants in written.items():
            told = [variant for variant in variants if "channel" not in variant]
            found[name] = {_language(variant): variant["text"] for variant in told}
    return found


def _language(variant: dict[str, object]) -> str:
    conditions = variant.get("condition") or [{"value": "en"}]
    return str(conditions[0]["value"])  # type: ignore[index]


def _bare(text: str) -> str:
    """Without accents, which a text may leave out, and with single spaces."""
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r" +", " ", bare).strip()
