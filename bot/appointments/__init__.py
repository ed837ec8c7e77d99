"""Appointments: what providers' calendars offer, and what goes back into them.

May import ``bot.directory``, ``bot.store`` and what lies inside them; it calls nobody itself.
Feeds come from outside and are untrusted: of an event nothing is kept but when it is. Whatever
leaves for a provider must have come out of ``bot.store.bookings.disclose_booking``.
"""
