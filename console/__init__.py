"""The staff's web console.

May import ``bot``. Whoever is not signed in sees nothing but the door.
"""
