"""Content releases: the files that make the conversation, as one versioned thing.

May import ``bot.care``, ``bot.journeys`` and ``bot.wire``. It knows no database, and what is in
``bot.flows.gate`` only looks.
"""
