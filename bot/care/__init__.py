"""The safety rules: pure decisions about a person's safety, exit, consent and pace.

May import: the standard library, ``bot.wire``, rapidfuzz and PyYAML.
Must never: write to disk, reach the network, read a clock (callers pass ``now``),
remember what a person wrote, or raise because of it.
"""
