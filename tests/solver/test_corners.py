"""Hard corners: each gets a plan that the rules allow, and a bound that lies no higher, whether or not it is proved."""

from __future__ import annotations

import pytest

from matching.plan import levels_of
from solver.exact import ExactSolver
from solver.interface import Proof, SolveSettings
from tests.solver.invented import Shape, invented

PROVED = {
    "half a bed for each child": Shape(children=60, homes=30, density=0.3, room=(1,)),
    "two homes for each child": Shape(children=60, homes=120, density=0.3, room=(1,)),
    "all in groups of four": Shape(children=40, homes=40, family_sizes=(4,), density=0.5, room=(1, 2, 3, 4)),
    "equal costs everywhere": Shape(children=40, homes=90, ties=True, points=0, gravity=0, shared_gravity=0.0),
    "one home of twelve beds for everyone": Shape(children=40, homes=1, density=1.0, room=(12,)),
    "one home of thirty beds for everyone": Shape(children=40, homes=1, density=1.0, room=(30,), conflicts=0.05),
}
VALID = {
    "twelve beds and conflicts everywhere": Shape(children=30, homes=4, density=0.6, room=(12,), conflicts=0.3),
}


@pytest.mark.parametrize("name", [*PROVED, *VALID])
def test_a_corner_gets_a_plan_with_a_bound(name: str) -> None:
    worth = invented({**PROVED, **VALID}[name]).worth
    solved = ExactSolver().solve(worth, settings=SolveSettings(deterministic_limit=5))
    homes, children = worth.pool.home_index, worth.pool.seeker_index
    intakes = [(homes[one.home], tuple(children[kid] for kid in one.children)) for one in solved.plan.intakes]
    assert levels_of(worth, intakes) == solved.plan.levels
    assert solved.certificate.bound <= solved.plan.levels
    assert solved.plan.intakes
    assert name in VALID or solved.certificate.proof is Proof.OPTIMAL


@pytest.mark.parametrize("seed", range(6))
def test_without_any_work_left_there_is_still_a_plan_and_a_bound(seed: int) -> None:
    worth = invented(Shape(seed=seed, children=30, homes=20, room=(1, 2, 3), density=0.6, family_sizes=(1, 2, 3))).worth
    solved = ExactSolver().solve(worth, settings=SolveSettings(deterministic_limit=0.0))
    assert solved.certificate.bound <= solved.plan.levels
    assert solved.plan.intakes
