"""Brings a database to the newest tables: one process at a time, all or nothing."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.engines import for_migrations

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
_ADVISORY_LOCK = 7_240_115_203
"""Any number, as long as every version of this service takes the same."""


def upgrade(url: str, revision: str = "head") -> None:
    """Runs every migration the database has not had, in one transaction. Raises Busy when it cannot be reached.

    Two processes may call this at once: the second waits for the first and then finds nothing to do.
    """
    with for_migrations(url) as connection:
        run(connection, revision)


def run(connection: Connection, revision: str = "head") -> None:
    """The same within a transaction of the caller's, from for_migrations."""
    _take_turns(connection)
    command.upgrade(configuration(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Goes back to an earlier revision, and loses what only later ones can store."""
    with for_migrations(url) as connection:
        _take_turns(connection)
        command.downgrade(configuration(connection), revision)


def check(url: str) -> None:
    """Raises alembic's CommandError when the tables in the code and the migrated database differ."""
    with for_migrations(url) as connection:
        command.check(configuration(connection))


def current(url: str) -> str | None:
    """The revision the database is at; None when it has no tables yet."""
    with for_migrations(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The newest revision in the tree."""
    newest = ScriptDirectory.from_config(configuration(None)).get_current_head()
    assert newest is not None, "there is no migration"
    return newest


def configuration(connection: Connection | None) -> Config:
    """Alembic's configuration for an open connection, wherever the process was started."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _take_turns(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
        connection.exec_driver_sql("SET LOCAL statement_timeout = '300s'")
