"""The public web process: webhooks, status callbacks, the web chat, health.

May import ``bot`` and ``channels``. It verifies, parses, encrypts, commits and
answers; it never thinks, never calls a vendor, and stores nothing of a request
that it refuses.
"""
