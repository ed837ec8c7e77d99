"""A phone and a carrier for people without a Twilio account: for demos and tests only.

Speaks to the gateway as Twilio does, with genuine signatures, and to the worker as
Twilio's REST API. May import ``channels``. Everything is in memory; it refuses to
start beside real credentials or outside a demo site.
"""
