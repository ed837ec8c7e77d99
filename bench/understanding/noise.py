"""Messages as a shaking thumb types them: always the same noise for the same message."""

from __future__ import annotations

import unicodedata
from random import Random

#: Letters side by side on a phone's keyboard.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_TEXTED = {
    "you": "u", "are": "r", "your": "ur", "to": "2", "for": "4", "because": "bc", "please": "pls",
    "with": "w", "and": "n", "people": "ppl", "que": "q", "porque": "xq", "por": "x", "para": "pa",
    "estoy": "toy", "también": "tmb", "de": "d", "te": "t", "quiero": "kiero", "mucho": "muxo",
}  # fmt: skip
#: One mistake for so many letters.
_LETTERS_A_MISTAKE = 18


def add_noise(text: str) -> str:
    """``text`` in lower case without accents, texted short, with a lost, doubled, swapped or
    neighbouring letter here and there.
    """
    random = Random(text)
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    words = [_TEXTED.get(word, word) if random.random() < 0.5 else word for word in plain.split()]
    noisy = " ".join(words)
    for _ in range(len(noisy) // _LETTERS_A_MISTAKE):
        noisy = _slip(noisy, random)
    return noisy


def _slip(text: str, random: Random) -> str:
    place = random.randrange(1, max(len(text) - 1, 2))
    before, letter, after = text[:place], text[place : place + 1], text[place + 1 :]
    if not letter.isalpha():
        return text
    kind = random.choice(("lose", "double", "swap", "neighbour"))
    if kind == "lose":
        return before + after
    if kind == "double":
        return before + letter * 2 + after
    if kind == "swap" and after[:1].isalpha():
        return before + after[:1] + letter + after[1:]
    return before + _neighbour(letter, random) + after


def _neighbour(letter: str, random: Random) -> str:
    row = next((row for row in _ROWS if letter in row), letter)
    place = row.index(letter)
    near = [row[beside] for beside in (place - 1, place + 1) if 0 <= beside < len(row)]
    return random.choice(near or [letter])
