"""Rehearsals, played by the running house."""
