"""Databases for the tests: made once with every table, then copied in milliseconds, one for each test."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import sqlalchemy

_numbers = itertools.count(1)


class SqliteDatabases:
    """SQLite files in one directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._template: Path | None = None

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The URL of a database without tables."""
        yield _sqlite_url(self._directory / f"test-{next(_numbers)}.db")

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """The URL of a database with every table and no rows."""
        target = self._directory / f"test-{next(_numbers)}.db"
        shutil.copyfile(self._migrated_template(), target)
        yield _sqlite_url(target)

    def _migrated_template(self) -> Path:
        if self._template is None:
            path = self._directory / "template.db"
            _migrate(_sqlite_url(path))
            with closing(sqlite3.connect(path)) as connection:  # so that the one file holds all of it
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._template = path
        return self._template


class PostgresDatabases:
    """Databases on one PostgreSQL server, under names that no other worker or session uses."""

    def __init__(self, server_url: str) -> None:
        self._server = sqlalchemy.make_url(server_url).set(drivername="postgresql")
        self._prefix = f"placement_test_{os.getpid()}"
        self._template: str | None = None

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The URL of a database without tables."""
        with self._database(template="template1") as url:
            yield url

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """The URL of a database with every table and no rows."""
        if self._template is None:
            name = f"{self._prefix}_template"
            self._run(f"CREATE DATABASE {name}")
            self._template = name
            _migrate(self._url(name))
        with self._database(self._template) as url:
            yield url

    def close(self) -> None:
        """Drop what the tests shared."""
        if self._template is not None:
            self._run(f"DROP DATABASE {self._template} WITH (FORCE)")

    @contextmanager
    def _database(self, template: str) -> Iterator[str]:
        name = f"{self._prefix}_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self._url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        url = self._server.render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement.encode())


def _sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def _migrate(url: str) -> None:
    from db.migrate import upgrade  # noqa: PLC0415 - tests that need no database load no tables

    upgrade(url)
