"""The cheapest homes that reach a service level: held to every combination there is, on pools small enough to try all."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.codes import HomeKind
from matching.plan import faults
from matching.pool import pool_of
from matching.scenarios import AddChildren, AddHomes, apply
from matching.scenarios.homes import InventedHomes
from matching.synthetic.pools import small_pool
from matching.values import AgeRange
from solver.cheapest_homes import HomesOffered, Stopped, cheapest_homes
from solver.exact import ExactSolver
from solver.multipliers import Ceiling, best_multipliers
from solver.services import Served, Services

OFFERED = (
    (AddHomes(count=2, kind=HomeKind.FOSTERING_MAINSTREAM, ages=AgeRange(0, 17), beds=1, alike=True), 420),
    (AddHomes(count=2, kind=HomeKind.FOSTERING_ENHANCED, ages=AgeRange(8, 17), beds=2, alike=True), 700),
    (AddHomes(count=1, kind=HomeKind.CHILDRENS_HOME, ages=AgeRange(8, 17), beds=3, alike=True), 3_000),
)


def scarce(seed: int) -> tuple[Worth, tuple[HomesOffered, ...]]:
    """More children than homes, and homes that may be added."""
    records = apply(small_pool(seed, children=9, homes=10), (AddChildren(count=3),))
    draws = InventedHomes(records, 1)
    new = [draws.drawn(change, records) for change, _ in OFFERED]
    homes = (*records.homes, *(home for some in new for home in some))
    assessor = Assessor(pool_of(apply(records, tuple(change for change, _ in OFFERED))))
    assert {home.id for home in homes} == set(assessor.pool.home_index)
    offers = tuple(
        HomesOffered(homes=tuple(home.id for home in some), beds=change.beds, pounds=pounds)
        for some, (change, pounds) in zip(new, OFFERED, strict=True)
    )
    return Worth(assessor, candidates_of(assessor)), offers


def every_combination(worth: Worth, offers: tuple[HomesOffered, ...]) -> dict[tuple[int, ...], Served]:
    """What the best plan serves with each combination of the homes, each in a pool of its own."""
    found = {}
    for counts in product(*(range(len(offer.homes) + 1) for offer in offers)):
        gone = {home for offer, n in zip(offers, counts, strict=True) for home in offer.homes[n:]}
        records = worth.pool.records
        left = tuple(home for home in records.homes if home.id not in gone)
        assessor = Assessor(pool_of(replace(records, homes=left)))
        alone = Worth(assessor, candidates_of(assessor))
        found[counts] = Services(alone).of_plan(ExactSolver().solve(alone).plan)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3, 5])
def test_nothing_cheaper_reaches_the_level_and_the_bound_holds(seed: int) -> None:
    worth, offers = scarce(seed)
    served = every_combination(worth, offers)
    most = served[tuple(len(offer.homes) for offer in offers)]
    for targets in (most, Served(most.placed, 0, 0), Served(most.placed - 1, 0, most.emergencies)):
        found = cheapest_homes(worth, offers, targets)
        costs = {
            counts: sum(offer.pounds * n for offer, n in zip(offers, counts, strict=True))
            for counts, one in served.items()
            if one.reaches(targets)
        }
        level = found.levels[-1]
        assert found.reached
        assert level.bound <= min(costs.values()) <= level.best.pounds
        if level.exact:
            assert level.best.pounds == min(costs.values())
        for tried in (level.best, *found.curve):
            assert tried.served == served[tried.counts], "every point is what a plan made anew serves"
            assert not faults(worth.pool, tried.plan, worth.policy)


def test_what_no_homes_can_reach_is_said_to_be_out_of_reach() -> None:
    worth, offers = scarce(1)
    everybody = Services(worth).everybody()
    assert everybody.placed > cheapest_homes(worth, offers, everybody).most.served.placed
    found = cheapest_homes(worth, offers, Served(everybody.placed, 0, 0))
    assert not found.reached
    assert found.out_of_reach
    assert found.levels[-1].best.served.placed == found.most.served.placed


def test_what_is_served_already_costs_nothing() -> None:
    worth, offers = scarce(2)
    found = cheapest_homes(worth, offers, Served(1, 0, 0))
    assert (found.levels[-1].best.pounds, found.bound) == (0, 0)
    assert found.levels[-1].exact


def test_the_curve_rises_and_nothing_on_it_is_bettered() -> None:
    worth, offers = scarce(3)
    curve = cheapest_homes(worth, offers, Services(worth).everybody()).curve
    assert [one.pounds for one in curve] == sorted(one.pounds for one in curve)
    for one in curve:
        for other in curve:
            if other is not one and other.pounds <= one.pounds:
                assert any(a < b for a, b in zip(other.served, one.served, strict=True))


def test_a_search_can_be_followed_and_stopped() -> None:
    worth, offers = scarce(1)
    said = []

    def stop(done: int, of: int, what: str) -> None:
        said.append((done, of, what))
        if len(said) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        cheapest_homes(worth, offers, Services(worth).everybody(), progress=stop)
    assert all(done <= of and what for done, of, what in said)


def test_multipliers_are_where_the_least_ceiling_is_highest() -> None:
    assert best_multipliers((), 2, 50) == (50, 50)
    assert best_multipliers((Ceiling(0, (4,)), Ceiling(100, (-1,))), 1, 1_000) == (20,)
    assert Ceiling(100, (-1,)).at((20,)) == 80
