"""The pools kept in memory: loaded once however many ask, and let go when anything that they show has changed."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from app.api import examples
from app.services.pools import Recent, completed
from db.repositories.pool import Pool
from matching.codes import SignOffRole
from matching.policy import PRESETS, Policy, Preset
from tests.api.service import Service

DAY = date(2026, 9, 2)


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days for which a pool was loaded."""
    seen: list[date] = []
    load = Pool.load

    def noting(self: Pool, as_of: date, *more: object) -> object:
        seen.append(as_of)
        return load(self, as_of, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Pool, "load", noting)
    return seen


def test_many_who_ask_at_once_wait_for_one_loading(family: Service, loads: list[date]) -> None:
    found = []

    def ask() -> None:
        found.append(family.office.pools.ready(family.authority, DAY))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loads == [DAY]
    assert len({id(ready) for ready in found}) == 1


def test_a_write_that_matching_reads_lets_the_pool_go_and_another_does_not(family: Service, loads: list[date]) -> None:
    pools = family.office.pools
    first = pools.ready(family.authority, DAY)
    family.get(f"/children/{family.id('CH-10412')}")  # leaves an audit event
    family.call("PUT", f"/children/{family.id('CH-10412')}/identity", json=examples.IDENTITY)
    assert pools.ready(family.authority, DAY) is first
    family.patch(f"/children/{family.id('CH-10412')}", {"send": "yes"})
    assert pools.ready(family.authority, DAY) is not first
    assert loads == [DAY, DAY]


def test_policies_share_one_loading(family: Service, loads: list[date]) -> None:
    pools = family.office.pools
    ready = [pools.ready(family.authority, DAY, preset) for preset in (None, *Preset)]
    assert loads == [DAY]
    assert len({id(one) for one in ready}) == 4
    assert len({id(one.pool) for one in ready}) == 1


def test_only_so_many_are_kept() -> None:
    recent: Recent[int, str] = Recent(2)
    for number in (1, 2):
        recent.keep(number, str(number))
    assert recent.get(1) == "1"
    recent.keep(3, "3")
    assert [recent.get(number) for number in (1, 2, 3)] == ["1", None, "3"]


def test_a_policy_older_than_a_word_has_the_balanced_weight_for_it() -> None:
    old = Policy(name="old", weights={}, urgency={}, sibling_pairs={}, gravity={SignOffRole.DIRECTOR: 9})
    whole = completed(old)
    assert whole.gravity[SignOffRole.DIRECTOR] == 9
    assert set(whole.gravity) == set(SignOffRole)
    assert whole.urgency == PRESETS[Preset.BALANCED].urgency
    assert whole.weights == {}
