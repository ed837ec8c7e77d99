"""Rehearsals: a conversation is played by the house itself before anybody has it.

Everything of it happens in one transaction that is rolled back, with the worker's own code and
nothing in its place. A draft's engine and actions run beside those in use, last in the line for a
core. May import ``bot``, ``channels`` and the rest of the worker. It must never send anything, nor
use the real keys.
"""
