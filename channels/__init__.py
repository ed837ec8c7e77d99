"""One small file per channel: pure translation between a vendor's words and ours.

May import ``bot.wire`` and a vendor's own code for signatures. It must never
send, store, log, or look at the clock: callers bring what it needs.
"""
