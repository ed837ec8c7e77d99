"""The words that processes share: turns, replies, options, outcomes.

Standard library only, so that the engine's old environment can import it.
It must never touch the network, the disk, the clock or a key.
"""
