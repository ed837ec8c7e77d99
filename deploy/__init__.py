"""How Waymark is put on a machine: the one-machine stack and, later, its larger forms."""
