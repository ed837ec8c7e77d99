"""What the conversation can do beyond speaking: one action per file, named after it.

May import ``bot``. Reads the directory and changes nothing but the conversation's
own slots; whatever the house must do travels back as a command.
"""
