"""The moment a reply is committed to the outbox, told by the database itself.

Looking again and again would cost the machine what is being measured. The trigger
exists in the benchmark's own database alone, and only while somebody listens.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from bench.turns.home import NotReady

NEWS = "bench_outbox"
_HANG = f"""
CREATE FUNCTION {NEWS}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NOTIFY {NEWS}; RETURN NULL; END $$;
CREATE TRIGGER {NEWS} AFTER INSERT ON outbox EXECUTE FUNCTION {NEWS}();
"""
LONGEST = 30.0


@dataclass(frozen=True)
class Bell:
    """Rings at every commit that puts something into the outbox."""

    connection: psycopg.Connection[tuple[object, ...]]

    def wait(self) -> None:
        """Return when it rings. Raises :class:`NotReady` when it never does."""
        rings = self.connection.notifies(timeout=LONGEST, stop_after=1)
        if next(rings, None) is None:
            raise NotReady(f"no reply came to the outbox within {LONGEST:g} s")


@contextmanager
def hang_bell(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[Bell]:
    """A bell on the outbox for as long as the block lasts."""
    connection.execute(_HANG)
    connection.execute(f"LISTEN {NEWS}")
    try:
        yield Bell(connection)
    finally:
        connection.execute(f"UNLISTEN {NEWS}")
        connection.execute(f"DROP TRIGGER {NEWS} ON outbox; DROP FUNCTION {NEWS}()")
