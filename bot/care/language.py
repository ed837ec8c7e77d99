"""Which language to answer in: counted from common words, never guessed from a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.care.reading import fold

_READ_AT_MOST = 1000
_WORD = re.compile(r"[^\W\d_]+")

# Plain requests. They win over every count.
_ASKED: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(in english|en ingles|(do )?(you|u) speak english|hablas? ingles|no hablo espanol"
        r"|(dont|do not) speak spanish)\b|^\W*(english|ingles)( please| por favor)?\W*$"
    ),
    "es": re.compile(
        r"\b(in spanish|en espanol|(do )?(you|u) speak spanish|habla[ns]? espanol|no hablo ingles"
        r"|i (dont|do not) speak english)\b|^\W*(spanish|espanol)( please| por favor)?\W*$"
    ),
}


def _parse_list(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Two points each: words that people write only in that language. Articles are missing
# on purpose: "El Paso" and "Los Angeles" are places, not Spanish.
_STRONG: Mapping[str, frozenset[str]] = {
    "en": _parse_list(
        "i im ive am need want have the where what how dont cant hello safe she they my "
        "you your husband boyfriend find looking"
    ),
    "es": _parse_list(
        "hola necesito quiero kiero tengo estoy toy ayudame ayudenme donde porque "
        "esposo marido novio hijos hijo hija puedo buenas buenos soy busco mis gracias "
        "ayuda refugio"
    ),
}

# One point each: words that also turn up in a mixed sentence.
_WEAK: Mapping[str, frozenset[str]] = {
    "en": _parse_list(
        "is are and to for with not do can it this that please thanks hi of get from "
        "help was there who when will yes our his her"
    ),
    "es": _parse_list(
        "que q un una por para con como esta es y pero si muy mas cuando mi su lo se "
        "eso esto yo ella hay puede favor ya nos en ahora aqui bien puedes va van todo "
        "nada mucho mucha este quiere deja dejan dejen"
    ),
}
# Further words of one point each, by the thousand: one file a language, where there is one.
_COMMON = Path(__file__).parent / "common"
_MARKS: Mapping[str, re.Pattern[str]] = {"es": re.compile("[ñáéíóú¿¡]")}

# Changing the language in the middle needs more than one loanword such as "please".
_ENOUGH_TO_CHANGE = 2


def decide_language(
    untrusted_text: str, current: str | None, offered: Sequence[str], default: str
) -> str:
    """The language code to answer in, one of ``offered`` or ``default``.

    ``current`` is the conversation's language so far and stays when the text does not
    clearly say otherwise: ``ok``, ``no``, ``2``, a ZIP code, the name of a town.
    """
    text = untrusted_text[:_READ_AT_MOST].lower()
    known = current if current in offered else None
    asked = [name for name in offered if name in _ASKED and _ASKED[name].search(fold(text))]
    if len(asked) == 1:
        return asked[0]
    return _find_clear_lead(_count_points(text, offered), known) or known or default


def is_other_script(untrusted_text: str) -> bool:
    """Whether there are letters and none is Latin: a language that the bot cannot read."""
    plain = unicodedata.normalize("NFKC", untrusted_text[:_READ_AT_MOST])
    letters = {letter for letter in plain if letter.isalpha()}
    return bool(letters) and not any("LATIN" in unicodedata.name(one, "") for one in letters)


def _count_points(text: str, offered: Sequence[str]) -> dict[str, int]:
    words = _WORD.findall(fold(text))
    points = dict.fromkeys(offered, 0)
    for name in points:
        points[name] += 2 * sum(word in _STRONG.get(name, ()) for word in words)
        weak = _WEAK.get(name, frozenset()) | _find_common(name)
        points[name] += sum(word in weak for word in words)
        points[name] += 1 if name in _MARKS and _MARKS[name].search(text) else 0
    return points


@cache
def _find_common(language: str) -> frozenset[str]:
    path = _COMMON / f"{language}.txt"
    if not path.is_file():
        return frozenset()
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _find_clear_lead(points: Mapping[str, int], known: str | None) -> str | None:
    best, *others = sorted(points, key=lambda name: points[name], reverse=True)
    lead = points[best] - max((points[name] for name in others), default=0)
    return best if lead >= (_ENOUGH_TO_CHANGE if known else 1) else None
