"""All plans that come to little more than the best: none is left out, none is added, and the order is that of plans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.candidates import Worth
from matching.plan import Plan, Wishes
from solver import alternatives as other_plans
from solver import near_plans as listing
from solver.alternatives import alternatives
from solver.exact import ExactSolver
from solver.interface import Solved, Solver, SolveSettings
from solver.made_plans import MadePlan, make_plan
from solver.near_plans import NearPlans, near_plans
from tests.solver.every_plan import every_plan
from tests.solver.invented import Shape, invented

MIDDLING = Shape(children=16, homes=24, density=0.5)


class Delegating(Solver):
    """Answers like another solver, and keeps nothing that could be looked into."""

    def __init__(self) -> None:
        self._exact = ExactSolver()

    def solve(self, worth: Worth, wishes: Wishes | None = None, settings: SolveSettings | None = None) -> Solved:
        return self._exact.solve(worth, wishes, settings)

    def again(self, worth: Worth, wishes: Wishes | None = None, settings: SolveSettings | None = None) -> Solved:
        return self._exact.again(worth, wishes, settings)


def small(seed: int) -> Worth:
    """The worth of intakes in a pool of numbers that is small enough for every plan to be looked at."""
    return invented(Shape(seed=seed, children=4)).worth


def listed(made: MadePlan, within: int) -> NearPlans:
    found = near_plans(made, within)
    assert found is not None
    return found


def within_points(made: MadePlan, plan: Plan, within: int) -> bool:
    """The definition: no worse by any level above points, and by points no more than so many."""
    best = made.plan.levels
    return (plan.levels.unplaced, plan.levels.parted, plan.levels.gravity, plan.levels.points) <= (
        best.unplaced,
        best.parted,
        best.gravity,
        best.points + within,
    )


@pytest.mark.parametrize("within", [0, 40, 400, 4_000])
@pytest.mark.parametrize("seed", range(1, 13))
def test_the_plans_listed_are_all_that_come_to_no_more(seed: int, within: int) -> None:
    made = make_plan(ExactSolver(), small(seed))
    expected = [plan for plan in every_plan(made.worth) if within_points(made, plan, within)]
    found = listed(made, within)
    plans = [found.plan(at) for at in range(len(found))]
    assert [plan.levels for plan in plans] == [plan.levels for plan in expected]
    assert {plan.intakes for plan in plans} == {plan.intakes for plan in expected}
    assert plans[0] == made.plan


def test_the_plans_listed_keep_what_people_have_fixed() -> None:
    looked = 0
    for seed in range(8):
        free = make_plan(ExactSolver(), small(seed))
        for child, home in free.plan.home_of.items():
            pinned = make_plan(ExactSolver(), free.worth, Wishes(pinned=frozenset({(child, home)})))
            keeping = [plan for plan in every_plan(free.worth) if plan.home_of.get(child) == home]
            found = listed(pinned, 400)
            assert [found.plan(at).levels for at in range(len(found))] == [
                plan.levels for plan in keeping if within_points(pinned, plan, 400)
            ]
            looked += 1
    assert looked > 10


@pytest.mark.parametrize("differing", [1, 2, 4])
@pytest.mark.parametrize("seed", range(4))
def test_a_list_and_a_search_find_the_same_other_plans(
    seed: int, differing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_plan(ExactSolver(), invented(replace(MIDDLING, seed=seed)).worth)
    by_list = alternatives(made, 4, differing)
    monkeypatch.setattr(other_plans, "near_plans", lambda *_: None)
    by_search = alternatives(made, 4, differing)
    assert [one.solved.plan.levels for one in by_list] == [one.solved.plan.levels for one in by_search]
    assert all(one.exact for one in by_list)


def test_too_many_plans_are_searched_and_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_plan(ExactSolver(), invented(MIDDLING).worth)
    right = [one.solved.plan.levels for one in alternatives(made, 3)]
    monkeypatch.setattr(listing, "MOST_STEPS", 2)
    assert near_plans(made, 10_000) is None
    assert [one.solved.plan.levels for one in alternatives(made, 3)] == right


def test_nothing_is_listed_where_the_prices_of_the_best_plan_are_not_at_hand() -> None:
    worth = invented(MIDDLING).worth
    assert near_plans(make_plan(Delegating(), worth), 100) is None
    kept = ExactSolver()
    free = make_plan(kept, worth)
    pairing = next(iter(free.plan.home_of.items()))
    make_plan(kept, worth, Wishes(forbidden=frozenset({pairing})))
    assert near_plans(free, 100) is None, "the prices at hand are those of another question"
