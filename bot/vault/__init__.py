"""Keys, encryption and pseudonyms.

Knows bytes and names, not tables or people. May import ``bot.wire`` and
``cryptography``. It must never log, never return a key, and never accept a
keyring that others on the machine can read.
"""
