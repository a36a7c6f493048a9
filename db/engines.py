"""Engines: how each database is opened, how long it may be waited for, and how a transaction begins."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import NullPool

from db.errors import Busy, UnknownDatabase, speaking_plainly

BUSY_SECONDS = 5
"""How long a request waits for a lock before it is told that the database is busy."""
_STATEMENT_SECONDS = 30
_IDLE_SECONDS = 60
_TRUSTED_SECONDS = 2
"""So long after it was used a connection is taken to be there still."""
_PREPARED = 1_000
"""Statements that one connection knows; there are some hundreds."""
_MIGRATION_SECONDS = 60
"""A second process that starts meanwhile waits for the first to bring the tables up to date."""


def engine_for(url: str, *, connections: int = 10) -> Engine:
    """An engine for a SQLite file or a PostgreSQL database, opened on first use."""
    parts = _parts_of(url)
    if parts.get_backend_name() == "sqlite":
        return _sqlite(
            url, busy_seconds=BUSY_SECONDS, pool_size=connections, max_overflow=connections, pool_timeout=BUSY_SECONDS
        )
    engine = create_engine(
        parts.set(drivername="postgresql+psycopg"),
        hide_parameters=True,  # an error that is logged must not hold what was to be stored
        pool_size=connections,
        max_overflow=connections,
        pool_timeout=BUSY_SECONDS,
        pool_use_lifo=True,  # the connection used last knows most of the statements already
        connect_args={
            "connect_timeout": BUSY_SECONDS,
            "options": f"-c lock_timeout={BUSY_SECONDS}s -c statement_timeout={_STATEMENT_SECONDS}s "
            f"-c idle_in_transaction_session_timeout={_IDLE_SECONDS}s",
        },
    )
    _look_after(engine)
    return engine


def _look_after(engine: Engine) -> None:
    """Keeps every statement prepared, and replaces a connection that the server dropped before it is used.

    One used a moment ago is not asked whether it is still there: that would be one more journey for each transaction.
    """

    @event.listens_for(engine, "connect")
    def opened(connection: Any, _record: Any) -> None:
        connection.prepared_max = _PREPARED
        connection.prepare_threshold = 1  # from the second time on: nearly everything that is sent comes again

    @event.listens_for(engine, "checkin")
    def left(_connection: Any, record: Any) -> None:
        record.info["left"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def taken(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("left", time.monotonic()) < _TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error


@contextmanager
def for_migrations(url: str) -> Iterator[Connection]:
    """One connection in one transaction, with SQLite's foreign keys off, for batch mode rebuilds tables."""
    parts = _parts_of(url)
    if parts.get_backend_name() == "sqlite":
        engine = _sqlite(url, busy_seconds=_MIGRATION_SECONDS, foreign_keys=False, poolclass=NullPool)
    else:
        engine = create_engine(parts.set(drivername="postgresql+psycopg"), hide_parameters=True, poolclass=NullPool)
    with speaking_plainly(), engine.execution_options(writes=True).begin() as connection:
        yield connection


def _parts_of(url: str) -> URL:
    """The parts of an address. Raises UnknownDatabase, which does not repeat it: a password may be in it."""
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise UnknownDatabase from error
    if parts.get_backend_name() not in {"sqlite", "postgresql"}:
        raise UnknownDatabase
    return parts


def _sqlite(url: str, *, busy_seconds: float, foreign_keys: bool = True, **options: Any) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": busy_seconds}, **options)

    @event.listens_for(engine, "connect")
    def opened(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        connection.execute(f"PRAGMA busy_timeout={busy_seconds * 1000}")
        _write_ahead(connection, busy_seconds)
        for setting in (
            "synchronous=FULL",  # what was answered survives a power cut
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            "cache_size=-65536",
        ):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        # A deferred transaction that reads and then writes may find the database changed in between and fail, or
        # worse, lose an update. Those who will write say so at the start; those who read take no lock and cannot write.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(connection: Any, busy_seconds: float) -> None:
    """Lets readers read while somebody writes. Raises Busy.

    The file remembers it. When two turn it on at once one is refused without having waited, so it waits here.
    """
    end = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if time.monotonic() > end:
                raise Busy from error
            time.sleep(0.02)
        else:
            return
