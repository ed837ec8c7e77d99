"""Practice: choosing a simulated survivor, and what there is to learn afterwards.

May import ``bot`` and the console's own frame. The talk itself happens on the navigator's screens.
Must never touch anybody real: every act asks whether the person is a simulated one.
"""
