"""What a choice would cost the rest: as a look at every plan with that choice shows."""

from __future__ import annotations

from uuid import uuid4

import pytest

from matching.plan import Levels, Wishes
from matching.values import ChildId, HomeId
from solver.brute_force import best_plan
from solver.counterfactual import price_to_the_rest, why_not
from solver.exact import ExactSolver
from solver.interface import UnknownPairing
from solver.made_plans import MadePlan, make_plan
from tests.solver.every_plan import tiny

SEEDS = range(1, 13)
NOTHING = Levels(0, 0, 0, 0, 0, 0)


def made(seed: int) -> MadePlan:
    return make_plan(ExactSolver(), tiny(seed, 4, 6))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_price_of_every_pairing_is_that_of_the_best_plan_with_it(seed: int) -> None:
    plan = made(seed)
    homes = [home.id for home in plan.worth.pool.homes]
    for seeker in plan.worth.pool.seekers:
        child = seeker.child.id
        for price in price_to_the_rest(plan, (child,), homes):
            forced = best_plan(plan.worth, Wishes(frozenset({(child, price.home)})))
            if forced is None:
                assert price.blocked_by
                assert price.changes is None
            else:
                assert price.changes is not None
                assert not price.blocked_by
                assert price.changes.levels == forced.levels - plan.plan.levels
                assert price.exact


@pytest.mark.parametrize("seed", SEEDS)
def test_no_choice_betters_the_plan_and_the_plans_own_costs_nothing(seed: int) -> None:
    plan = made(seed)
    for child, home in plan.plan.home_of.items():
        assert why_not(plan, child, home).changes is not None
        own = why_not(plan, child, home)
        assert own.changes is not None
        assert own.changes.levels == NOTHING
        assert own.changes.moves == ()
        prices = price_to_the_rest(plan, (child,), [one.id for one in plan.worth.pool.homes])
        assert all(one.changes is None or one.changes.levels >= NOTHING for one in prices)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_each_child_gains_or_loses_adds_up_where_nobody_shares_a_home(seed: int) -> None:
    plan = made(seed)
    for seeker in plan.worth.pool.seekers:
        for price in price_to_the_rest(plan, (seeker.child.id,), [home.id for home in plan.worth.pool.homes]):
            if price.changes is None or any(move.points is None for move in price.changes.moves):
                continue
            assert all(move.child != seeker.child.id for move in price.others)
            if not _shared(plan) and price.changes.levels.unplaced == 0:
                assert len(price.changes.moves) == len({move.child for move in price.changes.moves})


def _shared(plan: MadePlan) -> bool:
    return any(len(intake.children) > 1 for intake in plan.plan.intakes)


def test_a_stranger_to_the_pool_is_refused() -> None:
    plan = made(1)
    known = plan.worth.pool.seekers[0].child.id
    with pytest.raises(UnknownPairing):
        why_not(plan, known, HomeId(uuid4()))
    with pytest.raises(UnknownPairing):
        why_not(plan, ChildId(uuid4()), plan.worth.pool.homes[0].id)
