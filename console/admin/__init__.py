"""The pages on the content of the house: the services that people are sent to.

May import ``bot`` and the console's own frame (``house``, ``members``, ``pages``). Nothing here
is of one person: what is shown was counted without them.
"""
