"""What decides the next step of the conversation: Rasa's rules, looked up faster.

May import ``rasa`` alone. It must never guess, nor predict anything but what Rasa's own policy
would: a test compares the two.
"""
