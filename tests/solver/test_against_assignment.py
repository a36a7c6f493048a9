"""The engine of whole-home intakes against generalised assignment, a problem whose best answers are known."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from solver.exact import ExactSolver
from solver.interface import Proof
from tests.solver.assignment import LITERATURE, AssignmentWorth, drawn_assignment, known_optima, read_assignment

QUICK = ("gap1", "gap2", "gap4", "gap5", "gap9")
"""Classes that need no more than a second or two; `dev.py bench assignment` runs all twelve."""


@pytest.mark.parametrize("seed", range(8))
def test_a_drawn_assignment_costs_as_little_as_a_plain_model_finds(seed: int) -> None:
    instance = drawn_assignment(agents=4, jobs=12, seed=seed)
    solved = ExactSolver().solve(instance.worth)
    assert solved.certificate.proof is Proof.OPTIMAL
    assert (solved.plan.levels.unplaced, solved.plan.levels.points) == _plainly(instance)


@pytest.mark.skipif(not LITERATURE.is_dir(), reason="the instances of the literature are not on this machine")
@pytest.mark.parametrize("name", [f"{kind}-{number}" for kind in QUICK for number in range(5)])
def test_the_known_optimum_is_proved(name: str) -> None:
    instance = read_assignment(LITERATURE / "cattrysse1994" / name)
    solved = ExactSolver().solve(instance.worth)
    assert solved.certificate.proof is Proof.OPTIMAL
    assert solved.plan.levels.unplaced == 0
    assert solved.plan.levels.points == known_optima()[name]


def _plainly(instance: AssignmentWorth) -> tuple[int, int]:
    """Jobs left over, then what the others cost: by one Boolean for each job and agent."""
    model = cp_model.CpModel()
    jobs, agents = range(instance.jobs), range(instance.homes)
    serves = [[model.new_bool_var("") for _ in agents] for _ in jobs]
    for job in jobs:
        model.add_at_most_one(serves[job])
    for agent in agents:
        load = cp_model.LinearExpr.weighted_sum([row[agent] for row in serves], instance.weights[:, agent].tolist())
        model.add(load <= int(instance.capacities[agent]))
    every = [(job, agent) for job in jobs for agent in agents]
    worth = [1_000 - int(instance.costs[pair]) for pair in every]
    model.maximize(cp_model.LinearExpr.weighted_sum([serves[job][agent] for job, agent in every], worth))
    solver = cp_model.CpSolver()
    assert solver.solve(model) == cp_model.OPTIMAL
    chosen = [pair for pair in every if solver.value(serves[pair[0]][pair[1]])]
    return instance.jobs - len(chosen), sum(int(instance.costs[pair]) for pair in chosen)
