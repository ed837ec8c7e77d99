"""Requests to this machine go over plain HTTP, so nobody's certificates need be read for them."""

from __future__ import annotations

import ssl

#: Trusts nobody. To read whom the world trusts takes longer than most of our answers.
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
