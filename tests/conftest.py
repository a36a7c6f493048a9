"""What every test may ask for: a database of its own, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator

import hypothesis
import pytest
from playwright.sync_api import Browser

from tests import postgres
from tests.databases import PostgresDatabases, SqliteDatabases

pytest_plugins = ["tests.budgets"]

# No deadline for one example: a busy machine is not a fault. The same examples each time where a change is judged.
hypothesis.settings.register_profile("here", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("here"), derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

Databases = SqliteDatabases | PostgresDatabases


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Makes SQLite databases."""
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresDatabases]:
    """Makes PostgreSQL databases, on a server that is started when the first test asks for one."""
    try:
        with postgres.server_url() as url:
            databases = PostgresDatabases(url)
            yield databases
            databases.close()
    except postgres.NoServer as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Makes databases: the test runs once on each kind."""
    made: Databases = request.getfixturevalue("sqlite_databases" if request.param == "sqlite" else "postgres_databases")
    return made


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A database of the test's own with every table and no rows; the test runs on SQLite and on PostgreSQL."""
    with databases.migrated() as url:
        yield url


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """A database of the test's own without tables; the test runs on SQLite and on PostgreSQL."""
    with databases.empty() as url:
        yield url


@pytest.fixture
def sqlite_url(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A migrated SQLite database, for what need not be tried on both."""
    with sqlite_databases.migrated() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """A migrated PostgreSQL database, for what only PostgreSQL has."""
    with postgres_databases.migrated() as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once in a process: two at a time cannot be driven from one."""
    from tests.pages.chromium import chromium_or_skip, started  # noqa: PLC0415 - tests of the domain import no application

    chromium_or_skip()
    with started() as made:
        yield made
