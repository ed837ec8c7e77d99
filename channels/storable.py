"""What JSON allows in a text and no database keeps."""

from __future__ import annotations


def make_storable(untrusted_text: str) -> str:
    """The text without zero bytes, and with a question mark for each half of a character."""
    whole = untrusted_text.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\0", "")
