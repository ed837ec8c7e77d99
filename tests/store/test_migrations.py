"""The migrations build exactly the tables that the code knows."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from bot.store.tables import Base


def test_migrated_database_equals_the_tables(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: not str(name).startswith("procrastinate")},
        )
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []
