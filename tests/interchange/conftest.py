"""A store with an authority in it, and a small bundle in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.session import Store
from matching.authorities import Authority
from tests.interchange.bundles import Rows, an_authority, small_bundle


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """A store on SQLite; what depends on the database asks for `either_store`."""
    opened = Store(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def either_store(database_url: str) -> Iterator[Store]:
    """A store on SQLite and on PostgreSQL."""
    opened = Store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def authority(store: Store) -> Authority:
    """An authority on record."""
    return an_authority(store)


@pytest.fixture
def rows() -> Rows:
    """A small bundle that can be loaded."""
    return small_bundle()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where bundles are written."""
    return tmp_path / "bundle"
