"""What is kept of the tokens that open something: links and sessions of the staff."""

from __future__ import annotations

import hashlib


def hash_token(untrusted_token: str) -> bytes:
    """All that is kept of a token: whoever reads the database cannot use it."""
    return hashlib.sha256(untrusted_token.encode("utf-8", "surrogatepass")).digest()
