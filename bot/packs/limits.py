"""How large a pack may be. A sender nobody knows decides none of it."""

from __future__ import annotations

#: Bytes of the file as it is sent.
PACKED = 50_000_000
#: Bytes of all that is in it, with the archive's own.
UNPACKED = 200_000_000
FILES = 10_000
#: Bytes. The list of so many files with the longest names.
MANIFEST = 4_000_000
