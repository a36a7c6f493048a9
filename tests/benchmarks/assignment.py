"""Generalised assignment: the 60 instances of the OR-Library with known optima, class by class, and some of our own."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from time import process_time

from solver.exact import ExactSolver
from solver.interface import Proof, Solved
from tests.benchmarks.figures import Figure
from tests.solver.assignment import LITERATURE, AssignmentWorth, drawn_assignment, known_optima, read_assignment

SAYS = "jobs to agents by the engine of whole-home intakes, proved best; seconds of the processor"
CLASSES = range(1, 13)
OF_EACH = 5
DRAWN = {"5 agents, 25 jobs": (5, 25), "8 agents, 40 jobs": (8, 40), "10 agents, 50 jobs": (10, 50)}
"""Instances that ship with the program, drawn from seeds, for where those of the literature are absent."""
SECONDS = 30.0


def figures() -> Iterator[Figure]:
    """Each optimum that is known is compared with what was found."""
    for name, (agents, jobs) in DRAWN.items():
        drawn = [drawn_assignment(agents, jobs, seed) for seed in range(3)]
        yield _figure(f"drawn, {name}", [_solved(instance) for instance in drawn])
    if not LITERATURE.is_dir():
        yield Figure(
            name="the literature", value=0, unit="of 60", note="not on this machine: set GAP_INSTANCES to its folder"
        )
        return
    optima, proved = known_optima(), 0
    for number in CLASSES:
        found = []
        for name in (f"gap{number}-{at}" for at in range(OF_EACH)):
            found.append(_solved(read_assignment(LITERATURE / "cattrysse1994" / name)))
            levels = found[-1][1].plan.levels
            assert (levels.unplaced, levels.points) >= (0, optima[name]), f"{name} came to less than its optimum"
            best = (levels.unplaced, levels.points) == (0, optima[name])
            proof = found[-1][1].certificate.proof is Proof.OPTIMAL
            assert best or not proof, f"{name} is said to be proved, and is not the optimum"
            proved += proof
        yield _figure(f"gap{number}", found)
    yield Figure(name="the literature: not proved", value=60 - proved, unit="of 60", limit=0)


def _solved(instance: AssignmentWorth) -> tuple[float, Solved]:
    began = process_time()
    solved = ExactSolver().solve(instance.worth)
    return process_time() - began, solved


def _figure(name: str, found: list[tuple[float, Solved]]) -> Figure:
    """The median of some instances, and their slowest."""
    spent = [took for took, _ in found]
    proved = sum(solved.certificate.proof is Proof.OPTIMAL for _, solved in found)
    return Figure(
        name=name,
        value=statistics.median(spent),
        unit="s",
        limit=SECONDS,
        note=f"{proved} of {len(found)} proved, the slowest {max(spent):,.1f} s",
    )
