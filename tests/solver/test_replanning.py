"""Planning again after something changed: what was shown stands where that does no harm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.plan import Plan, faults
from matching.synthetic.pools import small_pool
from solver.differences import moved
from solver.exact import ExactSolver
from solver.made_plans import MadePlan, make_plan
from solver.replanning import replan
from tests.solver.every_plan import every_plan, tiny, worth_of

SEEDS = range(1, 11)
POINTS = 150


def changed(seed: int) -> tuple[Plan, MadePlan]:
    """The plan that was shown, and the pool after a home in it withdrew and the last referral came anew."""
    records = small_pool(seed, 5, 6)
    before = replace(records, referrals=records.referrals[:-1])
    shown = make_plan(ExactSolver(), worth_of(before)).plan
    gone = shown.intakes[0].home if shown.intakes else None
    homes = tuple(home for home in records.homes if home.id != gone)
    living = tuple(one for one in records.placements if one.home != gone)
    holds = tuple(one for one in records.holds if one.home != gone)
    after = replace(records, homes=homes, placements=living, holds=holds)
    return shown, make_plan(ExactSolver(), worth_of(after))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_is_the_best_once_each_proposal_that_stands_saves_its_points(seed: int) -> None:
    shown, now = changed(seed)
    found = replan(now, shown, POINTS)

    def wished(plan: Plan) -> tuple[int, ...]:
        kept = len(shown.home_of) - moved(shown, plan)
        levels = plan.levels
        points = levels.points - POINTS * kept
        return (levels.unplaced, levels.parted, levels.gravity, points, levels.waiting, levels.order)

    assert wished(found.plan) == min(wished(plan) for plan in every_plan(now.worth))
    assert found.exact
    assert not faults(now.worth.pool, found.plan, now.worth.policy)


@pytest.mark.parametrize("seed", SEEDS)
def test_keeping_what_was_shown_never_costs_more_than_was_wished_and_never_a_childs_home(seed: int) -> None:
    shown, now = changed(seed)
    found = replan(now, shown, POINTS)
    assert found.spared >= 0
    assert found.price.levels.unplaced == found.price.levels.parted == found.price.levels.gravity == 0
    assert 0 <= found.price.levels.points <= POINTS * found.spared
    assert found.kept + sum(move.before is not None for move in found.changed) == len(shown.home_of)


@pytest.mark.parametrize("seed", SEEDS)
def test_where_nothing_changed_nothing_changes(seed: int) -> None:
    now = make_plan(ExactSolver(), tiny(seed))
    found = replan(now, now.plan, POINTS)
    assert found.plan == now.plan
    assert found.changed == ()
    assert found.spared == 0
