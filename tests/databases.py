"""Databases for tests: emptied and used again, for making one takes a second."""

from __future__ import annotations

import uuid

import psycopg

from bot.store import embedded

_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_SEQUENCES = (
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
    " FROM pg_sequences"
)
_KEPT = "alembic_version"


def address(cluster: embedded.Cluster, database: str) -> str:
    """The address of another database of the cluster."""
    return cluster.url.replace(f"@/{embedded.ACCOUNT}?", f"@/{database}?")


class Databases:
    """Copies of the database ``template``, each in one test's hands at a time."""

    def __init__(self, cluster: embedded.Cluster, template: str) -> None:
        self._cluster, self._template = cluster, template
        self._spare: list[str] = []

    def take(self) -> str:
        """The name of a migrated database without a row."""
        if self._spare:
            return self._spare.pop()
        name = f"test_{uuid.uuid4().hex}"
        with psycopg.connect(self._cluster.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return name

    def give_back(self, name: str) -> None:
        """Cut off whoever is still connected, and empty it."""
        with psycopg.connect(self._cluster.url, autocommit=True) as connection:
            connection.execute(_OTHERS, (name,))
        with psycopg.connect(address(self._cluster, name), autocommit=True) as connection:
            _empty(connection)
        self._spare.append(name)


def _empty(connection: psycopg.Connection) -> None:
    # No triggers meanwhile: some tables refuse to forget.
    connection.execute("SET session_replication_role = replica")
    tables = [name for (name,) in connection.execute(_TABLES) if name != _KEPT]
    connection.execute(";".join(f'DELETE FROM "{name}"' for name in tables))
    connection.execute(_SEQUENCES)
