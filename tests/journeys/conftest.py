"""A browser for all journeys, and services that it visits: the made-up county, and one with nothing on record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.api.service import Service, running, serving
from tests.pages.chromium import visited_service
from tests.pages.county import recorded_county


@pytest.fixture
def county(tmp_path: Path, browser: Browser) -> Iterator[tuple[Service, str]]:
    """The made-up county, and its address."""
    assert browser.is_connected()
    with serving(recorded_county(tmp_path)) as service, visited_service(service) as address:
        yield service, address


@pytest.fixture
def small(sqlite_url: str, browser: Browser) -> Iterator[tuple[Service, str]]:
    """A service with nothing on record, and its address."""
    assert browser.is_connected()
    with running(sqlite_url) as service, visited_service(service) as address:
        yield service, address
