"""Where navigators work: the line, the conversations, and all that belongs beside them.

May import ``bot`` and the console's own shell; none of the other rooms. Whoever holds a
conversation, or has joined it, sees it; a supervisor may join. Each look is written down.
"""
