"""How an hour is written, and what looks like one without being it."""

from __future__ import annotations

import re

from bot.entities.numbers import WORDS

QUARTERS = {"y media": 30, "y cuarto": 15, "thirty": 30, "fifteen": 15}

_NAMES = "|".join((*WORDS, "once"))
_TARDE = r"(?:de|en|por|x|d) la (?:tarde(?:cita)?|noche)"
_MANANA = r"(?:de|en|por|x|d) la (?:mananita|manana|madrugada)"
_LATE = rf"pm|in the (?:afternoon|evening|pm)|at night|tonight|{_TARDE}"
_EARLY = rf"am(?!\s(?:i|la|las|el)\b)|in the (?:morning|am)|{_MANANA}"
_PEOPLE = (
    r"kids?|child(?:ren)?|boys?|girls?|bab(?:y|ies)|sons?|daughters?|hij[oa]s?|nin[oa]s?|nen[ae]s?"
    r"|people|ppl|persons?|personas?|m[ae]n|wom[ae]n|hombres?|mujer(?:es)?|guys?|friends?|cops?"
)
_UNITS = (
    r"days?|dias?|weeks?|semanas?|months?|mes(?:es)?|y(?:ea)?rs?|yo|anos?|hours?|horas?|min(?:ute|uto)?s?"
    r"|nights?|noches|times?|veces|seconds?|miles?|millas?|blocks?|cuadras?|dollars?|bucks"
    r"|dolares|pesos|percent|degrees"
)
_THINGS = (
    r"beds?|rooms?|camas?|cuartos?|jobs?|stars?|states?|places?|points?|things?|more|other|another"
    r"|different|of|or so|mas|de (?:ell|nosotr)[oa]s|street|st|ave(?:nue)?|road|rd|main|calle"
    r"|am i|options?|numbers?|pills?|pastillas"
)
#: What cannot be an hour when it follows a bare number: units, people, things to count.
COUNTED = rf"(?:\s?[+%]|(?:st|nd|rd|th|k)\b|[\s-]{{1,2}}(?:{_PEOPLE}|{_UNITS}|{_THINGS})\b)"


#: Before and behind an hour: it is no part of a longer number, a price, a date or a code.
_BEGIN, _END = r"(?<![\w$/.:#,-])", r"(?![0-9/:$%]|[.,][0-9]|-[0-9a-z])"


def hour_pattern(n: str) -> str:
    """A pattern of one hour; ``n`` tells its groups from those of a second one."""
    return (
        rf"(?P<hour{n}>[0-9]{{1,2}}(?![0-9]{{3}})|\b(?:{_NAMES})\b)"
        rf"(?::(?P<minute{n}>[0-5][0-9])|(?P<packed{n}>[0-5][05])(?=\s?[ap]m\b)"
        rf"|\s(?P<quarter{n}>{'|'.join(QUARTERS)})\b)?(?P<ish{n}>\s?ish\b)?"
        rf"(?:\s?(?P<late{n}>(?:{_LATE})\b|p\.\s?m\.?)|\s?(?P<early{n}>(?:{_EARLY})\b|a\.\s?m\.?)"
        rf"|\s?(?P<clock{n}>o\s?clock|en punto|hrs?\b|hs\b))?"
    )


_ABOUT = r"(?:(?:like|about|around|como)\s)?"
RANGE = re.compile(
    rf"(?:\b(?P<intro>from|between|btwn|entre|de|desde|d)\s)?{_ABOUT}(?:las?\s)?{_BEGIN}{hour_pattern('1')}"
    r"\s?(?P<to>-|–|to|and|n|&|a|y|till?|until|hasta|thru)\s?"
    rf"{_ABOUT}(?P<las>las?\s)?{hour_pattern('2')}{_END}(?!{COUNTED})"
)
# In Spanish an hour has an article: "a las 3", while "a 3" is a price or a distance.
ONE = re.compile(
    r"(?:\b(?P<not_before>after|aftr|past|from"
    r"|(?:despues de?|a partir de|desde|pasadas)\slas?)\s"
    r"|\b(?P<not_after>before|b4|by|until|till?|(?:antes d(?:e)?|hasta)\slas?)\s"
    r"|(?:\b(?P<at>at|around|arround|about|round|so like|tipo(?:\slas)?"
    r"|(?:a|para|pa|sobre|a eso de)\slas?)\s|(?P<sign>@)\s?)|\b(?P<article>las?)\s)?"
    r"(?:(?:around|about|like|como)\s(?:las?\s)?)?"
    rf"{_BEGIN}{hour_pattern('')}{_END}(?!{COUNTED})"
)
PAST_OR_TO = re.compile(
    r"\b(?:(?P<part>half|quarter|a quarter)\s(?P<side>past|to|till)"
    r"|(?P<cuarto>cuarto)\s(?:para|pa)\slas?)"
    rf"\s(?P<hour>[0-9]{{1,2}}|{_NAMES})\b(?:\s?(?P<late>pm)\b|\s?(?P<early>am)\b)?"
)
NOON = re.compile(
    r"\b(?:(?P<not_before>after|past|despues de)\s(?:l\s|el\s)?"
    r"|(?P<not_after>before|by|until|till?|antes de|hasta)\s(?:l\s|el\s)?)?"
    r"(?:l?mediodia|medio dia|noon(?:ish)?|midday|(?P<midnight>midnight|medianoche))\b"
    r"|\b(?P<del_before>antes|despues)\sdel\s(?:mediodia|medio dia)\b"
)
