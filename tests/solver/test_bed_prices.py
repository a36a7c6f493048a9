"""What one more home would be worth: as the plan of a pool with just that home more shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.codes import HomeKind
from matching.plan import Levels, faults
from matching.pool import pool_of
from matching.synthetic.pools import small_pool
from solver.bed_prices import bed_prices, offers
from solver.brute_force import best_plan
from solver.exact import ExactSolver
from solver.made_plans import MadePlan, make_plan
from tests.solver.every_plan import worth_of

SEEDS = range(1, 9)
NOTHING = Levels(0, 0, 0, 0, 0, 0)


def made(seed: int) -> MadePlan:
    return make_plan(ExactSolver(), worth_of(small_pool(seed, 4, 6)))


@pytest.mark.parametrize("seed", SEEDS)
def test_each_figure_is_what_the_best_plan_with_that_home_alone_would_gain(seed: int) -> None:
    plan = made(seed)
    records = plan.worth.pool.records
    for price in bed_prices(plan, offers(plan.worth)):
        home = price.offer.home(records)
        larger = replace(records, homes=(*records.homes, home))
        best = best_plan(worth_of(larger))
        assert best is not None
        assert price.changes.levels == best.levels - plan.plan.levels
        assert price.exact
        assert not faults(pool_of(larger), best, plan.worth.policy)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_home_more_never_makes_the_plan_worse(seed: int) -> None:
    plan = made(seed)
    prices = bed_prices(plan, offers(plan.worth))
    assert all(price.changes.levels <= NOTHING for price in prices)
    assert [price.changes.levels for price in prices] == sorted(price.changes.levels for price in prices)


def test_offers_are_of_different_kinds_terms_or_areas_and_never_particular_people() -> None:
    every = [offers(made(seed).worth) for seed in SEEDS]
    assert any(every)
    for found in every:
        assert len({(one.kind, one.ages, one.sexes, one.area) for one in found}) == len(found)
        assert not {one.kind for one in found} & {HomeKind.FOSTERING_CONNECTED, HomeKind.STAYING_PUT}


def test_without_an_offer_there_is_no_figure() -> None:
    assert bed_prices(made(1), ()) == ()
