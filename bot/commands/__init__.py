"""The commands of ``waymark``, one per file: each takes parsed arguments and returns an exit code.

May import everything in ``bot``. Exit codes: 0 done, 1 it did not work, 2 wrong use.
"""
