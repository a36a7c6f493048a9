"""Services for the tests of the API, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.service import Service, running


@pytest.fixture
def service(database_url: str) -> Iterator[Service]:
    """An empty service of one authority, on SQLite and on PostgreSQL."""
    with running(database_url) as made:
        yield made


@pytest.fixture
def sqlite_service(sqlite_url: str) -> Iterator[Service]:
    """The same on SQLite alone, for what does not depend on the database."""
    with running(sqlite_url) as made:
        yield made


@pytest.fixture
def family(service: Service) -> Service:
    """A service with every example of the description on record: two siblings, one of whom has a home."""
    service.record_examples()
    return service


@pytest.fixture
def sqlite_family(sqlite_service: Service) -> Service:
    """The same on SQLite alone."""
    sqlite_service.record_examples()
    return sqlite_service
