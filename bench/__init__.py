"""Measurements: what the budgets are held against, with made-up content only.

Each module or package has ``run() -> dict``; ``python -m bench`` calls them. They may
import the whole house and the fakes of vendors; nothing imports them, and none is part of
the tests.
"""
