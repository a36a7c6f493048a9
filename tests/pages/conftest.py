"""Browsers of people who are signed in: at a small family's service, and at the made-up county."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from matching.workflow.roles import Role
from tests.api.service import Service, running, serving
from tests.pages.browsing import Browser
from tests.pages.county import recorded_county

SignedIn = Callable[[Role], Browser]


@pytest.fixture
def pages(sqlite_url: str) -> Iterator[Service]:
    """A service with nothing on record but its authority, on SQLite."""
    with running(sqlite_url) as made:
        yield made


@pytest.fixture
def family(pages: Service) -> Service:
    """The same with every example of the API's description on record: two siblings, one of whom has a home."""
    pages.record_examples()
    return pages


@pytest.fixture
def as_role(pages: Service) -> SignedIn:
    """A browser signed in as somebody of a role; with `family` in the same test, at the family's service."""

    def signed_in(role: Role) -> Browser:
        browser = Browser(pages)
        browser.sign_in(role)
        return browser

    return signed_in


@pytest.fixture(scope="session")
def county_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the whole made-up county, recorded once for all tests of a run."""
    return Path(recorded_county(tmp_path_factory.mktemp("county")).removeprefix("sqlite:///"))


@pytest.fixture
def county(county_file: Path, tmp_path: Path) -> Iterator[Service]:
    """A service on a copy of the county, of the test's own; its clock stands at `tests.api.service.NOW`."""
    shutil.copyfile(county_file, tmp_path / "county.db")
    with serving(f"sqlite:///{tmp_path / 'county.db'}") as made:
        yield made


@pytest.fixture
def in_county(county: Service) -> SignedIn:
    """A browser at the county, signed in as somebody of a role."""

    def signed_in(role: Role) -> Browser:
        browser = Browser(county)
        browser.sign_in(role)
        return browser

    return signed_in
