"""Alembic's entry: one connection, one transaction, one migrator at a time."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from bot.store.tables import Base

#: An arbitrary number that all migrators agree on.
ONE_AT_A_TIME = 7265211

engine = create_engine(context.config.attributes["url"], poolclass=NullPool, hide_parameters=True)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        context.run_migrations()
    connection.commit()
