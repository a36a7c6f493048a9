"""A store on a migrated database, an authority in it, and one home with one bed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from db.session import Store
from matching.authorities import Authority
from matching.homes import Home
from matching.people import Child
from matching.referrals import Referral
from tests.db.examples import a_child, a_home, a_provider, a_referral, act, recorded


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on a database of the test's own; the test runs on SQLite and on PostgreSQL."""
    opened = Store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def authority(store: Store) -> Authority:
    """An authority on record."""
    return recorded(store)


@dataclass(frozen=True)
class Scene:
    """Two children, each with a referral, and one home with one bed."""

    authority: Authority
    home: Home
    child: Child
    referral: Referral
    other_child: Child
    other_referral: Referral


@pytest.fixture
def scene(store: Store, authority: Authority) -> Scene:
    """On record: two children who wait, and one home with one bed."""
    provider = a_provider(authority)
    home = a_home(provider)
    child, other = a_child(authority), a_child(authority)
    first, second = a_referral(child), a_referral(other)
    with store.writing(authority.id) as work:
        work.providers.add(provider, act())
        work.homes.add(home, act())
        for one in (child, other):
            work.children.add(one, act())
        for referral in (first, second):
            work.referrals.add(referral, act())
    return Scene(authority, home, child, first, other, second)
