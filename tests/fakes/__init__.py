"""Small servers that stand in for vendors, and check what the vendors check.

Each listens on loopback alone and takes no credentials but its own invented ones, so that
none can stand in for a vendor where people are served.
"""
