"""A wish for a woman or a man to help: "a woman doctor pls", "que sea mujer", "not a man"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.entities.entity import Entity, Kind
from bot.entities.reading import Reading

FEMALE, MALE = "female", "male"
#: The words for each gender, in English and in Spanish, and those of helpers that have one.
_WORDS = {
    FEMALE: (
        "wom[ae]n|females?|lady|ladies|gal",
        "mujer(?:es)?|senora|piba|femenina",
        "doctora|psicologa|abogada|consejera|licenciada|trabajadora social|medica|ginecologa",
    ),
    MALE: (
        "m[ae]n|males?|guys?|dude",
        "hombres?|varon(?:es)?|masculino",
        "(?:doctor|psicologo|abogado|consejero|medico|terapeuta) (?:hombre|varon)",
    ),
}
_HELPER = (
    r"(?:doctor|dr|doc|counsell?or|therapist|lawyer|attorney|nurse|advocate|navigator|case ?worker"
    r"|social worker|provider|volunteer|officer|staff|interpreter|psychologist|psychiatrist|gyno"
    r"|obgyn|dentist|helper|driver|person|someone|somebody)"
)
_AYUDANTE = (
    r"(?:doctora?|terapeuta|abogad[oa]|psicolog[oa]|enfermer[oa]|consejer[oa]|medic[oa]|interprete"
    r"|dentista|persona|alguien|trabajadora?)"
)
_PLEASE = (
    r"(?:\W*\b(?:pls|plz|please|only|preferred|if possible|is (?:fine|best|better|ok)"
    r"|would be better"
    r"|mejor|por favor|porfa\w*|xfa|nomas|si se puede|si (?:hay|es posible)|esta bien))"
)
#: Ways to wish: ``she`` stands for a word of a gender, ``ella`` for a Spanish one, ``doctora``
#: for a helper whose name has the gender.
_WISHES = (
    rf"(?:she) {_HELPER}\b",
    rf"{_HELPER} (?:who is|thats|that is|to be|be|has to be|must be|is) (?:an? )?(?:she)\b",
    r"(?:prefer(?:ably)?|rather (?:have|see|(?:talk|speak) (?:to|with))|(?:talk|speak) (?:to|with)"
    r"|(?:has|have|needs?) to be|must be|should be|can it be|could it be|make it|only"
    r"|comfortable (?:with|around)|(?:better|safer) (?:with|if its)|be seen by|want to see)"
    r" (?:an? |another )?(?:older |black |latina |latino |young )?(?:she)\b",
    rf"^\W*(?:an? |una? |puras? |solo |con |con puras? )?(?:she|ella){_PLEASE}?[^\w?]*$",
    rf"(?:she|ella){_PLEASE}\W*$",
    r"(?:prefiero|(?:que|q) (?:sea|fuera|me atienda)|tiene (?:que|q) ser|mejor(?: con)?|puede ser"
    r"|hablar con|me atienda|me siento mejor con|solo con|con puras)"
    r" (?:una? |otra |otro )?(?:ella)\b",
    rf"{_AYUDANTE} (?:(?:que|q) sea )?(?:ella)\b",
    r"(?:prefiero|preferiria|mejor|(?:que|q) sea|(?:que|q) me atienda|quiero|quisiera|busco"
    r"|necesito|ocupo|(?:hablar|hablarlo|hable|cita) con) (?:a )?(?:una? )?(?:doctora)\b",
    rf"^\W*(?:una? )?(?:doctora)(?:{_PLEASE}|, no (?:un )?doctor)\W*$",
    r"(?:doctora) (?:mejor|mujer|, no hombre)\b",
)
#: Ways to rule a gender out, which is a wish for the other one.
_REFUSALS = (
    r"(?:not (?:with )?an?|no more|no|nada de|no quiero(?: un| una)?|sin|not|no un|no una"
    r"|anyone but an?)"
    r" (?:she|ella)(?! (?:hit|hurt|is|allowed|has|me))\b(?: (?:doctors?|counselors?|therapists?))?"
    rf"(?:{_PLEASE}|\W*$|[,.;!]| (?:because|bc|cuz|xq|porque|doctors?|counselors?|therapists?))",
    r"^\W*(?:ella) no\b",
)
#: Who does not mind has no wish.
_ANY = re.compile(
    r"\b(?:any gender|doesnt matter|dont (?:care|mind)|(?:me )?da igual|no importa|either|whatever"
    r"|(?:wom[ae]n|female|lady) or (?:an? )?m[ae]n|m[ae]n or (?:an? )?wom[ae]n"
    r"|(?:hombre o mujer|mujer u hombre))\b"
)
#: "I am a woman", "soy mujer": who writes, not who should help.
_MYSELF = re.compile(
    r"\b(?:i ?a?m|im|am|were|shes|hes|soy|somos|es|fui|as an?|como|to be|being|ser)"
    r" (?:an? |una? |just |only |trans |solo )*$"
)


def find_provider_gender(reading: Reading) -> Iterator[Entity]:
    """The wished gender of who helps, unless the message wishes for both or for any."""
    plain = reading.plain
    if _ANY.search(plain):
        return
    wishes = {gender: _find(gender, plain) for gender in (FEMALE, MALE)}
    wished = {gender: match for gender, match in wishes.items() if match}
    if len(wished) == 1:
        ((gender, match),) = wished.items()
        yield reading.entity(Kind.PROVIDER_GENDER, gender, *match.span())


def _find(gender: str, plain: str) -> re.Match[str] | None:
    other = MALE if gender == FEMALE else FEMALE
    refused = _pattern(_REFUSALS, other).search(plain)
    matches = _pattern(_WISHES, gender).finditer(plain)
    said = (match for match in matches if not _is_other(match, gender))
    return refused or next(said, None)


def _is_other(match: re.Match[str], gender: str) -> bool:
    """Whether the words speak of the person herself, or rule out what they name."""
    before = match.string[: match.start()]
    refused = _pattern(_REFUSALS, gender).search(match.string)
    inside = refused is not None and refused.start() < match.end() and match.start() < refused.end()
    return inside or _MYSELF.search(before) is not None


@cache
def _pattern(ways: tuple[str, ...], gender: str) -> re.Pattern[str]:
    she, ella, doctora = _WORDS[gender]
    filled = (
        way.replace("(?:she|ella)", f"(?:{she}|{ella})")
        .replace("(?:she)", f"(?:{she})")
        .replace("(?:ella)", f"(?:{ella})")
        .replace("(?:doctora)", f"(?:{doctora})")
        for way in ways
    )
    return re.compile("|".join(rf"(?:^|(?<=\W)){way}" for way in filled))
