"""The door: invitations, passwords, second factors, and the way out.

May import ``bot`` and the console's own shell. Shows nothing of any survivor.
"""
