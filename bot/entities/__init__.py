"""Facts in a message: places, needs, times, children, languages, a wished gender.

Pure functions over the words that a person typed, in English, Spanish or both at once.
May import ``bot.directory``, ``bot.care`` and what lies inside them. Must never: keep what
it read, read a clock (callers pass ``now``), reach the network, or raise because of a text.
"""
