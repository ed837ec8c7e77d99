"""What in a text tells where a house stands: a numbered street, a spot on the map, a map's link.

Better one text too many than one too few: whoever is refused here can word it
otherwise, and a place that is given away cannot be hidden again.
"""

from __future__ import annotations

import re
import unicodedata

# Words that end a street's name and mean little else; the others also end everyday sentences,
# so they count after names with capital letters, or right after a number.
_PLAINLY = (
    "street|str|avenue|ave|road|rd|boulevard|blvd|lane|ln|highway|hwy|parkway|pkwy|turnpike"
    "|freeway|expressway|alley|crescent"
)
_IN_SHORT_NAMES = "st|drive|dr|court|ct|way|place|pl|cir|terrace|ter"
_AFTER_CAPITALS = f"{_IN_SHORT_NAMES}|circle|trail|trl|loop|square|sq|row|run|path|walk|plaza"
#: A number before one of these counts something: hours, beds, people.
_COUNTED = (
    "minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|nights?|miles|blocks?|beds?|rooms?"
    "|steps?|meals?|people|persons?|adults?|children|kids?|wom[ae]n|m[ae]n|famil(?:y|ies)|am|pm"
)
_EVERYDAY = (
    f"{_COUNTED}|an?|the|of|in|at|to|and|or|for|per|is|our|your|any|this|that|with|from|by|on"
    "|safe|quiet|calm|free|good|best|other|another|takes?|took"
)
_NUMBER = r"\b\d{1,6}[A-Za-z]?,? "
_CALLE = r"calle|av(?:da?|enida)?\.?|camino|carretera|bulevar|calzada|paseo"
_WORD, _NAME = r"[\w.'’]+ ", r"[A-Z0-9À-Þ][\w.'’]* "
_SPOTS = tuple(
    re.compile(pattern)
    for pattern in (
        # 123 elm street; 45 N. Oak Ave; but not: 24 hour street outreach, 2 nights on the road
        rf"{_NUMBER}(?!(?:{_COUNTED})\b)(?:{_WORD}){{1,4}}(?<!\bthe )(?i:{_PLAINLY})\b",
        # 12 Harbor Way; 123 ELM ST
        rf"{_NUMBER}(?:{_NAME}){{1,4}}(?i:{_AFTER_CAPITALS})\b",
        # 12 harbor way; 123 elm st; but not: a 30 minute drive
        rf"{_NUMBER}(?:(?!(?:{_EVERYDAY})\b){_WORD}){{1,2}}(?:{_IN_SHORT_NAMES})\b",
        # 12345 Highway 20; 100 S Broadway; One Elm Street
        rf"{_NUMBER}(?:{_WORD}){{0,3}}(?i:highway|hwy|route|rte) \d",
        rf"{_NUMBER}(?:(?i:[nsew]|north|south|east|west)\.? )?(?i:broadway)\b",
        r"\b(?:One|T(?:wo|hree|en|welve|wenty)|Four|Five|Six|Seven|Eight|Nine|Eleven) "
        rf"(?:{_NAME}){{1,3}}(?i:{_PLAINLY})\b",
        # Calle Roble 45; Av. de la Paz #12; 45 calle Roble
        rf"{_NUMBER}(?i:{_CALLE}) (?:(?:de|del|la|las|los|el) )*[A-ZÀ-Þ]",
        rf"\b(?i:{_CALLE}) (?:(?:de|del|la|las|los|el) )*{_NAME.rstrip()},? (?:{_WORD}){{0,3}}?"
        r"(?:(?i:#|no\.?|n[uú]m\.?|n[uú]mero) ?)?\d{1,6}\b",
        # 44.6240, -122.8760
        r"(?<![\d.])-?\d{1,3}\.\d{3,}°?[NS]?[,;]? ?-?\d{1,3}\.\d{3,}(?!\d|\.\d)",
        r"(?i:maps\.(?:app|google|apple)|google\.[\w.]+/maps|goo\.gl/maps|openstreetmap\.org"
        r"|w3w\.co|what3words|waze\.com)",
    )
)
_JOINED = re.compile(r"%20|[+_]|24/7|(?<=\w)-(?=[A-Za-z])")


def tells_where(untrusted_text: str) -> bool:
    """Whether a text holds what looks like a house's address or a spot on the map."""
    text = _plain(untrusted_text)
    return any(spot.search(text) for spot in _SPOTS)


def _plain(text: str) -> str:
    """Without hidden characters and wide letters, words apart by one space."""
    seen = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join(_JOINED.sub(" ", "".join(seen)).split())
