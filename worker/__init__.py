"""Durable jobs, one per file: the only room that calls the engine and the vendors.

May import ``bot`` and ``channels``. Every job can be killed at any instruction
and run again: what it changes, it changes in one transaction.
"""
