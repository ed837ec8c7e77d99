"""Waymark on one machine: the embedded database, the parts, and who watches over them.

May import ``bot``. Starts the processes but never imports them.
"""
