"""Other plans: each is the best of those that differ enough, as a look at every plan shows."""

from __future__ import annotations

import pytest

from matching.plan import Plan, Wishes, faults
from matching.values import HomeId
from solver.alternatives import alternatives, alternatives_for
from solver.differences import moved
from solver.exact import ExactSolver
from solver.made_plans import MadePlan, make_plan
from tests.solver.every_plan import every_plan, tiny

SEEDS = range(1, 13)


def made(seed: int, children: int = 4, homes: int = 5) -> MadePlan:
    return make_plan(ExactSolver(), tiny(seed, children, homes))


def greedily_apart(plans: list[Plan], most: int, differing: int) -> list[Plan]:
    """The definition, spelled out: the best plan, then the best that moves enough from every one before it."""
    chosen = [plans[0]]
    for plan in plans[1:]:
        if len(chosen) <= most and all(moved(one, plan) >= differing for one in chosen):
            chosen.append(plan)
    return chosen[1:]


@pytest.mark.parametrize("differing", [1, 2, 3])
@pytest.mark.parametrize("seed", SEEDS)
def test_each_alternative_is_the_best_plan_that_differs_enough_from_all_before_it(seed: int, differing: int) -> None:
    best = made(seed)
    expected = greedily_apart(every_plan(best.worth), 4, differing)
    found = alternatives(best, 4, differing)
    assert [one.solved.plan.levels for one in found] == [plan.levels for plan in expected]
    assert all(one.exact for one in found)
    plans = [best.plan, *(one.solved.plan for one in found)]
    for at, plan in enumerate(plans):
        assert not faults(best.worth.pool, plan, best.worth.policy)
        assert all(moved(before, plan) >= differing for before in plans[:at])


@pytest.mark.parametrize("seed", SEEDS)
def test_each_alternative_for_a_child_is_the_best_plan_with_a_home_not_seen_before(seed: int) -> None:
    best = made(seed)
    for child, home in best.plan.home_of.items():
        seen: set[HomeId | None] = {home}
        expected = []
        for plan in every_plan(best.worth):
            if plan.home_of.get(child) not in seen:
                expected.append(plan.levels)
                seen.add(plan.home_of.get(child))
            if None in seen:
                break
        found = alternatives_for(best, child, 10)
        assert [one.solved.plan.levels for one in found] == expected
        assert all(one.changes.levels == one.solved.plan.levels - best.plan.levels for one in found)


def test_alternatives_keep_what_people_have_fixed() -> None:
    free = made(1)
    child, home = next(iter(free.plan.home_of.items()))
    pinned = make_plan(ExactSolver(), free.worth, Wishes(frozenset({(child, home)})))
    assert all(one.solved.plan.home_of[child] == home for one in alternatives(pinned, 3))
    assert alternatives_for(pinned, child, 3) == ()


def test_a_child_without_a_proposal_has_no_other_plan() -> None:
    best = next(one for seed in SEEDS if len((one := made(seed)).plan.home_of) < len(one.worth.pool.seekers))
    without = next(one.child.id for one in best.worth.pool.seekers if one.child.id not in best.plan.home_of)
    assert alternatives_for(best, without, 3) == ()


def test_when_the_work_runs_out_fewer_plans_are_given_and_none_but_the_right_ones() -> None:
    best = made(4, 7, 9)
    right = [one.solved.plan.levels for one in alternatives(best, 4, 2)]
    given = [[one.solved.plan.levels for one in alternatives(best, 4, 2, most)] for most in range(0, 40, 5)]
    assert given[0] == []
    assert all(some == right[: len(some)] for some in given)
