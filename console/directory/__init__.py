"""The directory of services as the staff keep it: found, read, changed, made sure of.

Whoever may see it reads everything and says how many beds are free; supervisors and admins change
it. May import ``bot`` and the console's own frame (``house``, ``members``, ``pages``). Nothing here
is of one person. What must not be kept of a confidential place is decided in ``bot.directory``.
"""
