"""Content releases: the files that make the conversation, as one versioned thing.

May import ``bot.wire``. It reads content and never writes it.
"""
