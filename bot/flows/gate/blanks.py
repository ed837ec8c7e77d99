"""What the house fills in while it talks, about as long as it gets."""

from __future__ import annotations

from collections.abc import Mapping

_ANY = {
    "when": "Tue 1 Dec 3 pm",
    "visits": "Tue 1 Dec 3 pm, Alder Legal Aid.",
    "address": "555-0100",
    "ahead": "12",
    "service": "Alder Legal Aid",
}
#: By language, then by the blank's name. What a site writes itself is not here.
BLANKS: Mapping[str, Mapping[str, str]] = {
    "en": {
        **_ANY,
        "answer": "my own words",
        "wait": "It took others about 15 minutes.",
        "opens": "They are back Tue 1 Dec 9 am.",
    },
    "es": {
        **_ANY,
        "answer": "con mis palabras",
        "wait": "A otras personas les tomó unos 15 minutos.",
        "opens": "Vuelven mar 1 dic 9 am.",
    },
}
#: For a language that is not above.
OTHER = "en"
