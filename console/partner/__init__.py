"""Where a partner agency works: its own referrals, and only what a release covers.

May import ``bot`` and the console's own shell; none of the other rooms.
"""
