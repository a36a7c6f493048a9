"""Snapshots: the pool of a sampled night has the beds and the children of that night of that future."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matching.codes import HomeKind
from matching.pool import Pool
from matching.scenarios import AddHomes
from matching.scenarios.ground import INVENTED
from matching.sufficiency.beds_tonight import matchable_free, purposes_of
from matching.sufficiency.futures import Future, futures
from matching.sufficiency.kinds import WITH_BEDS, CareKind, Supplier, kind_of_home, supplier_of
from matching.sufficiency.nights import Ahead
from matching.sufficiency.scenarios_ahead import with_changes
from matching.sufficiency.snapshots import Matched, matched_ahead, snapshot
from tests.sufficiency.counties import AS_OF, county

CHANGES = (AddHomes(count=20, kind=HomeKind.FOSTERING_MAINSTREAM, beds=2, from_day=AS_OF + timedelta(days=100)),)
AHEAD = Ahead(first=AS_OF, days=365, replicates=50, seed=1)


@pytest.fixture(scope="module")
def future() -> Future:
    return futures(county()[0], AHEAD)


def free(pool: Pool, kind: CareKind, supplier: Supplier) -> int:
    records = pool.records
    found = matchable_free(records.homes, records.placements, records.as_of)
    return sum(
        beds
        for home, beds in found
        if kind_of_home(home.kind) is kind and supplier_of(home.sector) is supplier and not purposes_of(home)
    )


def a_match(pool: Pool) -> Matched:
    """Places everybody ten miles away, for want of a solver here."""
    waiting = len(pool.seekers)
    return Matched(
        waiting=waiting, placed=waiting, pairs=2, together=1, tenths=100 * waiting, distances=waiting,
        weekly=50_000 * waiting, priced=waiting,
    )  # fmt: skip


def test_a_snapshot_has_as_many_free_beds_as_the_night_of_the_future(future: Future) -> None:
    records = county()[1]
    for replicate, day in ((0, 45), (7, 318)):
        pool, _ = snapshot(records, records, future, replicate, day)
        for kind in WITH_BEDS:
            lived = future.lived[kind]
            beds = future.beds.own[kind]
            own = int(beds[min(replicate, len(beds) - 1), day]) - int(lived.own[replicate, day])
            bought = int(future.beds.bought[kind][0, day]) - int(lived.bought[replicate, day])
            assert abs(free(pool, kind, Supplier.OWN) - own) <= 2, kind  # homes are shut whole
            assert abs(free(pool, kind, Supplier.BOUGHT) - bought) <= 2, kind


def test_about_as_many_wait_as_do_today_in_whole_searches(future: Future) -> None:
    records = county()[1]
    counts = []
    for replicate in range(5):
        pool, _ = snapshot(records, records, future, replicate, 45)
        counts.append(len(pool.seekers))
        assert all(seeker.referral.external_ref.startswith(INVENTED) for seeker in pool.seekers)
    assert 30 <= sum(counts) / 5 <= 75
    assert len(set(counts)) > 1


def test_the_same_night_of_the_same_future_is_the_same_pool(future: Future) -> None:
    records = county()[1]
    one, other = (snapshot(records, records, future, 3, 136)[0] for _ in range(2))
    assert one.seekers == other.seekers
    assert one.homes == other.homes
    assert one.residents == other.residents


def test_homes_that_a_scenario_opens_are_there_from_their_day() -> None:
    situation, records = county()
    more = futures(with_changes(situation, records, CHANGES, 1), AHEAD)
    seen: list[int] = []

    def match(pool: Pool) -> Matched:
        seen.append(len(pool.homes) - len(records.homes))
        return a_match(pool)

    matched_ahead(more, records, match, CHANGES, samples=1)
    assert seen == [0, 20, 20, 20]


def test_a_year_of_snapshots_is_told_as_bands(future: Future) -> None:
    heard: list[tuple[int, int]] = []
    told = matched_ahead(future, county()[1], a_match, samples=2, progress=lambda done, of: heard.append((done, of)))
    assert [(one.year, one.snapshots) for one in told] == [(1, 8)]
    assert told[0].placed_per_cent.mean == 100
    assert told[0].miles is not None
    assert told[0].miles.mean == 10.0
    assert told[0].weekly is not None
    assert told[0].weekly.mean == 50_000
    assert told[0].together_per_cent is not None
    assert told[0].together_per_cent.mean == 50
    assert told[0].unplaced.mean == 0
    assert heard[-1] == (8, 8)
