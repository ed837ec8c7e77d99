"""Making words fit: a line cut short between words, lines packed into as few texts as will do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: Letters in one packed text: two segments, with some kept back for letters that count double.
MOST = 290


def shorten(text: str, most: int) -> str:
    """At most ``most`` characters, cut between words."""
    plain = " ".join(text.split()).rstrip(".")
    if len(plain) <= most:
        return plain
    return plain[: most - 2].rsplit(" ", 1)[0].rstrip(" ,;.") + ".."


def pack(lines: Iterable[str], heading: str = "") -> Iterator[str]:
    """Texts of at most :data:`MOST` letters, each under the heading; a longer line stands alone."""
    text = heading
    for line in lines:
        if text != heading and len(text) + len(line) + 1 > MOST:
            yield text
            text = heading
        text = f"{text} {line}".strip()
    if text != heading:
        yield text
