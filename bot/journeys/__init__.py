"""Journeys: questions one at a time, as content says, left and taken up again at any point.

Pure. May import ``bot.wire``. Knows neither the engine nor the database, and keeps nothing.
"""
