"""Addresses of this house in a reply become links; nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SPACE = re.compile(r"(\s+)")
#: What ends a sentence, not an address.
_STOPS = ".,;:!?)"


@dataclass(frozen=True)
class Piece:
    """A part of a reply. A link shows its own address, so that nobody is led elsewhere."""

    text: str
    is_link: bool = False


def find_pieces(text: str, public_url: str) -> Iterator[Piece]:
    """``text`` in pieces, which joined are the same text.

    A word is a link when it begins with ``public_url`` and a slash: the slash keeps out an address
    that only looks like ours. ``chat.js`` does the same for replies that come later.
    """
    for word in _SPACE.split(text):
        if not word.startswith(f"{public_url}/"):
            yield Piece(word)
            continue
        address = word.rstrip(_STOPS)
        yield Piece(address, is_link=True)
        yield Piece(word[len(address) :])
