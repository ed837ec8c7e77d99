"""Journeys: what people wrote, and how a person moves through it."""
