"""A community's pack as one signed file: written here, and read from people nobody here knows.

What lives here: the archive, its manifest, the key that signs it, what an imported pack must pass
before it goes live, and the shelf of those that were taken in. May import ``bot.flows``,
``bot.site``, ``cryptography`` and ``tomlkit``. It knows no database and no person, puts no key,
database or hidden file into a pack, and writes nothing from a pack before all of it has been
verified.
"""
