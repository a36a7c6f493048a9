"""A cast on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.workflow.cast import Cast, playing


@pytest.fixture
def cast(database_url: str) -> Iterator[Cast]:
    """Everybody with a key, on SQLite and on PostgreSQL."""
    with playing(database_url) as made:
        yield made


@pytest.fixture
def sqlite_cast(sqlite_url: str) -> Iterator[Cast]:
    """The same on SQLite alone, for what does not depend on the database."""
    with playing(sqlite_url) as made:
        yield made
