"""How people write of their children, and what only sounds like it."""

from __future__ import annotations

import re

from bot.entities.numbers import NUMBER

#: Words for any child; a number of these may take in the sons and daughters that follow.
_ANY = r"kids?|kiddos?|children|child|little ones|hijos?|hijit[oa]s?|chamac[oa]s?|criaturas?"
_SORT = (
    r"boys?|girls?|sons?|daughters?|bab(?:y|ies)|infants?|toddlers?|newborns?|teen(?:ager)?s?"
    r"|hijas?|nin[oa]s?|nen[ea]s?|bebes?|bebit[oa]s?|bbs?|varon(?:es|cit[oa]s?)?"
    r"|recien nacid[oa]s?|chiquit[oa]s|chicos"
)
_SINGLE = (
    r"kid|kiddo|child|boy|son|daughter|baby|toddler|newborn|infant|teen(?:ager)?|little girl"
    r"|baby girl|hij[oa]|nin[oa]|nen[ea]|varon(?:cito)?|bebe|bb|hijit[oa]|bebit[oa]"
)
#: "Baby formula", "child support", "my baby daddy": no child is counted.
_ENDS = (
    r"\b(?!\s?(?:care|support|custody|serv\w+|protective|seats?|formula|food|clothes|shower|stuff"
    r"|friends?|daddy|dad|father|mama|momma|abuse|in law|allowed|at work|in my class|\+"
    r"|de (?:mi|la|el) (?!bebe)\w+))"
)
_AGE = r"(?:[0-9]{1,2}|\w{3,6})[\s-]?(?:y(?:ea)?rs?|yo|y/o|months?|mos?|weeks?)(?:[\s-]?olds?)?"
_LOOKS = (
    r"(?:small|little|young(?:er|est)?|old(?:er|est)|own|foster|beautiful|other|teen(?:age)?|minor"
    r"|disabled|trans|otr[oa]s?|pequen[oa]s?)\s"
)
_HAVE = r"\b(?:have|got|with|w|and|n|plus|tengo|con|y|traigo)\s|[&+]\s?|^\W*"

PATTERNS = {
    "none": re.compile(
        r"\b(?:(?:no|zero|sin|without|(?:dont|do not|doesnt|not) have(?: any)?|nobody has"
        r"|no (?:tengo|hay|tenemos|tiene|traigo)|ninguna tiene)\s(?:any\s)?"
        r"(?:kids|children|child|hijos|ninos|bebes|nenes)\b|childless\b)(?!\s(?:allowed|under))"
    ),
    "number": re.compile(
        rf"(?!una?\b)(?P<number>{NUMBER})\s?(?:of my\s|de mis\s)?(?:{_LOOKS})?"
        rf"(?:(?P<any>{_ANY})|(?P<sort>{_SORT})){_ENDS}"
    ),
    "article": re.compile(
        rf"(?:{_HAVE})(?P<mention>(?:an?|una?)\s(?:{_LOOKS})?(?:{_AGE}\s)?"
        rf"(?P<sort>{_SINGLE}){_ENDS})"
    ),
    "mine": re.compile(
        rf"(?<!like )\b(?:my|our|mi|nuestr[oa])\s(?:{_LOOKS})?(?:{_AGE}\s)?"
        rf"(?P<sort>{_SINGLE}){_ENDS}"
    ),
    # "My son and daughter", "two boys and a girl": these count only behind others.
    "joined": re.compile(
        rf"(?:\b(?:and|y|n|e)\s|&\s?)"
        rf"(?P<mention>(?:an?\s|una?\s)?(?P<sort>{_SINGLE}|girl){_ENDS})"
    ),
    "months": re.compile(r"(?<![\w/.])[0-9]{1,2}[\s-]?(?:months?|mos?|weeks?)[\s-]old\b"),
    "aged": re.compile(
        rf"(?:(?:{_HAVE})an?\s|\bmy\s|(?:{_HAVE})una?\s)(?P<mention>{_AGE})\b"
        rf"(?!\s(?:{_SINGLE}|man|woman|guy))"
    ),
    "ages": re.compile(
        r"\b(?:kids|children|hijos|ninos|nenes)\W{1,2}(?:(?:are|ages?|aged|de|tienen|son)\s){0,2}"
        rf"(?P<list>{NUMBER}(?:(?:\s?,\s?|\s)(?:(?:and|y|&|n)\s)?{NUMBER}){{1,7}})"
    ),
    "parent": re.compile(
        r"\b(?:mom|mum|mother|dad|father|mama|madre|papa|padre)(?:\ssolter[oa])?\s(?:of|de)\s"
        rf"(?!una?\b)(?P<number>{NUMBER})(?!\s(?:y(?:ea)?rs?|anos?|of)\b)"
    ),
    "twins": re.compile(r"\b(?:my\s|mis\s)?(?:twins|gemel[oa]s|melliz[oa]s)\b"),
    "triplets": re.compile(r"\b(?:my\s|mis\s)?(?:triplets|trilliz[oa]s)\b"),
}
