"""Small numbers as people text them: figures, and words in English and Spanish."""

from __future__ import annotations

# "once" is missing on purpose: in English it is no number, and "at once" no hour.
WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "uno": 1, "una": 1, "un": 1, "dos": 2,
    "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "doce": 12,
}  # fmt: skip
#: A pattern for one number; neither part of a longer one nor of a price, a date or a code.
NUMBER = rf"(?:(?<![\w$/.:#,-])[0-9]{{1,2}}(?![0-9/:$%]|[.,][0-9])|\b(?:{'|'.join(WORDS)})\b)"


def parse_number(text: str) -> int:
    """The number that a match of ``NUMBER`` means."""
    return WORDS[text] if text in WORDS else int(text)
