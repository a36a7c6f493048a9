"""The solver against an independent model of the same pools, of four families, larger than can be tried one by one."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from solver.exact import ExactSolver
from solver.interface import Proof
from tests.solver.invented import Shape, invented
from tests.solver.plain import Plain

FAMILIES = {
    "plenty": Shape(children=14, homes=40, room=(0, 1, 1, 2), density=0.3),
    "scarce": Shape(children=18, homes=8, room=(1, 1, 2), density=0.5),
    "large families": Shape(children=16, homes=14, room=(1, 2, 3, 4), density=0.6, family_sizes=(3, 4)),
    "short stays": Shape(children=14, homes=10, room=(1, 1, 2), density=0.5, short=0.6),
}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", FAMILIES)
def test_two_ways_of_saying_it_come_to_the_same(name: str, seed: int) -> None:
    shape = FAMILIES[name]
    pool = invented(Shape(**{**shape.__dict__, "seed": seed}))
    solved = ExactSolver().solve(pool.worth)
    assert solved.certificate.proof is Proof.OPTIMAL
    assert list(astuple(solved.plan.levels))[:5] == Plain(pool).best_levels()
