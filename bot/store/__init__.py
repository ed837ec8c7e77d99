"""Tables (one per file), repositories and migrations.

May import ``bot.vault`` and what lies inside it. Every change of more than one
row happens in the caller's transaction. It must never hold text in clear where
``bot.vault.fields`` says encrypted, and never put more than ids into a job.
"""
