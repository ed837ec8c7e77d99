"""The pages of supervisors and admins: load, blocks, audit, staff.

May import ``bot`` and the console's own frame (``house``, ``members``, ``pages``). Nothing here
shows what a person said; whoever wants to read opens the conversation, which is written down.
"""
