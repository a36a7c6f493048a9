"""The curve of choices: every plan on it is proved, and no plan at all betters one by its own weights."""

from __future__ import annotations

import pytest

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.plan import faults
from matching.policy import PRESETS, Measure, Preset
from matching.pool import pool_of
from matching.synthetic.pools import small_pool
from solver.brute_force import best_plan
from solver.exact import ExactSolver
from solver.tradeoff import Choice, grid, tradeoff

MEASURES = (Measure.COST, Measure.HOME_DISTANCE)
POLICIES = grid(PRESETS[Preset.BALANCED], MEASURES, (10, 90))
SEEDS = range(1, 6)


def curve(seed: int) -> tuple[Choice, ...]:
    return tradeoff(ExactSolver(), pool_of(small_pool(seed)), POLICIES, MEASURES)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_plan_of_the_curve_is_the_best_by_each_of_its_policies(seed: int) -> None:
    pool = pool_of(small_pool(seed))
    for choice in curve(seed):
        assert choice.exact
        for policy in choice.policies:
            assessor = Assessor(pool, policy)
            best = best_plan(Worth(assessor, candidates_of(assessor)))
            assert best is not None
            assert best.home_of == choice.plan.home_of
        assert not faults(pool, choice.plan, choice.policies[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_of_the_curve_is_bettered_by_another(seed: int) -> None:
    outcomes = [choice.outcome for choice in curve(seed)]
    assert len(set(outcomes)) == len(outcomes)
    for one in outcomes:
        assert not any(all(a <= b for a, b in zip(other, one, strict=True)) for other in outcomes if other != one)


def test_a_grid_shares_the_weight_of_two_measures_and_tries_every_level_with_and_without() -> None:
    assert len(POLICIES) == 6
    assert POLICIES[0].weight(Measure.COST) < POLICIES[3].weight(Measure.COST)
    assert POLICIES[0].weight(Measure.HOME_DISTANCE) > POLICIES[3].weight(Measure.HOME_DISTANCE)
    assert set(POLICIES[1].sibling_pairs.values()) == {0}
    assert POLICIES[2].check_gravity == 0
    assert len({policy.name for policy in POLICIES}) == 6


def test_a_curve_of_no_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a policy"):
        tradeoff(ExactSolver(), pool_of(small_pool(1)), (), MEASURES)
