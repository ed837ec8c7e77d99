"""The directory for other directories: a read-only HSDS 3 interface below ``/hsds``.

No cookie, no session, no key. It tells what anybody may know; confidential places are not in it.
"""
