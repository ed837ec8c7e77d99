"""What Rasa loads besides YAML: the turn channel, the snapshot and its store.

Runs in the engine's own environment and imports only ``rasa`` and ``bot.wire``.
It must never keep anything between two calls, open a database, hold a key or
write a person's words to a log.
"""
