"""What would open a home to a child with nothing: as trying every single change, and looking at every plan, shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.openings import opened
from matching.plan import Wishes
from matching.rules.book import RULES
from matching.synthetic.pools import small_pool
from matching.values import ChildId, HomeId
from solver.brute_force import best_plan
from solver.exact import ExactSolver
from solver.made_plans import MadePlan, make_plan
from solver.openings import Opening, what_would_open
from tests.solver.every_plan import worth_of

SEEDS = range(1, 9)


def waiting(seed: int) -> list[tuple[MadePlan, ChildId]]:
    """The plan of a small pool with each child whom it leaves without a home."""
    made = make_plan(ExactSolver(), worth_of(small_pool(seed, 4, 6)))
    left = [one.child.id for one in made.worth.pool.seekers if one.child.id not in made.plan.home_of]
    return [(made, child) for child in left]


def opens(made: MadePlan, child: ChildId, rule: str, home: HomeId) -> bool:
    """Whether the one change places more, by a look at every plan of the pool so changed."""
    pool = made.worth.pool
    now = pool.homes[pool.home_index[home]]
    changed = opened(rule, now, pool.seekers[pool.seeker_index[child]])
    if changed is None or changed == now:
        return False
    homes = tuple(changed if one.id == home else one for one in pool.records.homes)
    plan = best_plan(worth_of(replace(pool.records, homes=homes)), Wishes(frozenset({(child, home)})))
    return plan is not None and plan.levels.unplaced < made.plan.levels.unplaced


@pytest.mark.parametrize("seed", SEEDS)
def test_every_single_change_that_opens_a_home_is_found_and_no_other(seed: int) -> None:
    for made, child in waiting(seed):
        found = what_would_open(made, (child,), most=1_000)
        homes = [home.id for home in made.worth.pool.homes]
        single = {(rule, home) for rule in RULES for home in homes if opens(made, child, rule, home)}
        if single:
            assert {(one.rules[0], one.home) for one in found} == single
            assert all(len(one.rules) == 1 for one in found)
        else:
            assert all(len(one.rules) == 2 for one in found)


def every_opening() -> list[tuple[MadePlan, Opening]]:
    return [(made, one) for seed in SEEDS for made, child in waiting(seed) for one in what_would_open(made, (child,))]


def test_each_opening_gives_a_plan_that_places_more_with_the_child_in_that_home() -> None:
    found = every_opening()
    assert len({rule for _, one in found for rule in one.rules}) >= 5
    for made, one in found:
        assert all(one.solved.plan.home_of[child] == one.home for child in one.children)
        assert one.changes.levels.unplaced < 0
        assert one.changes.levels == one.solved.plan.levels - made.plan.levels
        assert one.exact


def test_nothing_is_ever_offered_that_a_safety_rule_forbids() -> None:
    assert all(RULES[rule].remedy is not None for _, one in every_opening() for rule in one.rules)
    for made, child in waiting(1):
        pool = made.worth.pool
        seeker = pool.seekers[pool.seeker_index[child]]
        assert all(opened(rule.id, pool.homes[0], seeker) is None for rule in RULES.values() if rule.remedy is None)


def test_a_child_who_has_a_home_in_the_plan_needs_none_opened() -> None:
    made = make_plan(ExactSolver(), worth_of(small_pool(1, 4, 6)))
    assert what_would_open(made, tuple(made.plan.home_of)[:1]) == ()
