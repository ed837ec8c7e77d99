"""A language that someone asks for or speaks: "someone who speaks mixteco", "señas"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.entities.entity import Entity, Kind
from bot.entities.reading import Reading

_LOOK = 40
#: These say a language wherever they stand.
_SIGNS = frozenset(("sign language", "american sign language", "asl", "lengua de senas",
                    "lenguaje de senas", "lengua de signos", "lengua de senas mexicana",
                    "mexican sign language", "haitian creole", "brazilian portuguese"))  # fmt: skip
_BEFORE = re.compile(
    r"(?:\b(?:speak(?:s|ing)?|talks?|knows?|signs?|understands?|reads?|writes?|use|do|have|got"
    r"|need|want|prefer|only|in|en|into|al|switch to|(?:interpreter|translator) for|language is"
    r"|habl\w{1,6}|platic\w+|sepan?|sabe|entiend[aeo]\w*|leen?|leo|escrib\w+|usa|tienen?|hay"
    r"|quiero|necesito|prefiero|mejor|solo|nomas|(?:lengua|idioma) es(?: el)?"
    r"|(?:cambi|volver|pas|regres|traduc)\w*(?: esto)? a|(?:interpretes?|traductor\w*) (?:de|en))"
    r"\s(?:(?:good|fluent|a little|mostly|some|only|solo|nomas|bien|el|en|in|mi|better)\s)*)$"
)
_AFTER = re.compile(
    r"[\s-](?:speak(?:ing|ers?)|interpreter|interprete|translator|pls|please|por favor|porfa\w*|xfa"
    r"|only|instead|is (?:easier|better)|mejor|if possible|si (?:hay|se puede)"
    r"|para mi|for (?:my|me))\b"
)
#: Food, people and lessons have the names of languages too.
_THINGS = re.compile(
    r"\s(?:food|restaurants?|fries|toast|class(?:es)?|lessons?|teacher|homework|test|guy|man|men|boy"
    r"|girl|woman|people|husband|boyfriend|music|movies?|tv|muffins?|store|market|dad|mom|mother)\b"
)
_NOT_SPOKEN = re.compile(
    r"(?:\b(?:no|not|dont|doesnt|cant|never|nunca|sin|ni|without|isnt|no se|no c|poquito|little"
    r"|instead of)"
    r"\s(?:\w{1,12}\s){0,3})$"
)
_CHAIN = re.compile(r"\s?(?:,|/|and|or|y|o|u|&|n)\s?(?:(?:at least|also|en|in|el|si no)\s)?$")
_ALONE = re.compile(
    r"\W*(?:(?:hi|hello|hola|ok|yes|si|the|el|a|my|mi|hay|hay en|in|en|speaks?|u|you|mejor"
    r"|puede ser|q|que|please|por favor|porfa\w*|pls|sorry)\W+)*$"
)
_CLAUSE = re.compile(r"[,.;:!?\n]")
_QUESTION = re.compile(r"\s?(?:please|pls|por favor|porfa\w*|xfa|if possible|\W)*$")


def find_languages(reading: Reading) -> Iterator[Entity]:
    """The languages that a message asks for, as codes (BCP 47)."""
    for names in _join(_pattern().finditer(reading.plain), reading.plain):
        spoken = [name for name in names if _is_meant(name, reading.plain)]
        if any(_is_asked_for(name, reading.plain) for name in spoken):
            for name in spoken:
                yield reading.entity(Kind.LANGUAGE, _codes()[name[0]], *name.span())


def _join(names: Iterable[re.Match[str]], plain: str) -> Iterator[list[re.Match[str]]]:
    """Names with nothing but "or" between them, together: one question for all of them."""
    group: list[re.Match[str]] = []
    for name in names:
        if group and _CHAIN.fullmatch(plain, group[-1].end(), name.start()):
            group.append(name)
            continue
        yield from [group] if group else []
        group = [name]
    yield from [group] if group else []


def _is_meant(match: re.Match[str], plain: str) -> bool:
    before = plain[max(0, match.start() - _LOOK) : match.start()]
    return not (_THINGS.match(plain, match.end()) or _NOT_SPOKEN.search(before))


def _is_asked_for(match: re.Match[str], plain: str) -> bool:
    if match[0] in _SIGNS or _AFTER.match(plain, match.end()):
        return True
    before = plain[max(0, match.start() - _LOOK) : match.start()]
    if _BEFORE.search(before):
        return True
    clause = _CLAUSE.split(plain[: match.start()])[-1]
    return bool(_ALONE.fullmatch(clause) and _QUESTION.fullmatch(plain, match.end()))


@cache
def _codes() -> Mapping[str, str]:
    file = Path(__file__).with_name("languages.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: code for code, names in table.items() for name in names}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_codes(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
