"""Engines: how each database is opened, how long it may be waited for, and how a transaction begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

from db.errors import speaking_plainly

BUSY_SECONDS = 5
"""How long a request waits for a lock before it is told that the database is busy."""
_STATEMENT_SECONDS = 30
_IDLE_SECONDS = 60


def engine_for(url: str, *, connections: int = 10) -> Engine:
    """An engine for a SQLite file or a PostgreSQL database, opened on first use."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        return _sqlite(url, pool_size=connections, max_overflow=connections, pool_timeout=BUSY_SECONDS)
    return create_engine(
        parts.set(drivername="postgresql+psycopg"),
        pool_size=connections,
        max_overflow=connections,
        pool_timeout=BUSY_SECONDS,
        pool_pre_ping=True,  # a connection the server dropped is replaced before it is used
        connect_args={
            "connect_timeout": BUSY_SECONDS,
            "options": f"-c lock_timeout={BUSY_SECONDS}s -c statement_timeout={_STATEMENT_SECONDS}s "
            f"-c idle_in_transaction_session_timeout={_IDLE_SECONDS}s",
        },
    )


@contextmanager
def for_migrations(url: str) -> Iterator[Connection]:
    """One connection in one transaction, with SQLite's foreign keys off, for batch mode rebuilds tables."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        engine = _sqlite(url, foreign_keys=False, poolclass=NullPool)
    else:
        engine = create_engine(parts.set(drivername="postgresql+psycopg"), poolclass=NullPool)
    with speaking_plainly(), engine.execution_options(writes=True).begin() as connection:
        yield connection


def _sqlite(url: str, *, foreign_keys: bool = True, **options: Any) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **options)

    @event.listens_for(engine, "connect")
    def opened(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        for setting in (
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "journal_mode=WAL",
            "synchronous=FULL",  # what was answered survives a power cut
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            "cache_size=-65536",
        ):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        # A deferred transaction that reads and then writes may find the database changed in between and fail, or
        # worse, lose an update. Those who will write say so at the start; those who read take no lock.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
