"""Services: reading packages of them, editing, searching and exporting them, keeping them fresh.

May import ``bot.store`` and what lies inside it. Packages come from outside and
are untrusted. The address of a confidential place must never be stored here, so
that nothing can ever show it.
"""
